use crate::diagnostic::{Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::kind::{Kind, Mode};
use crate::model::{Agent, Scheme, SchemeKind};
use crate::rule::{Check, Found, Report, Rule};
use crate::syntax::Node;
use crate::words::quoted;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "mismatched-scheme-type",
        aliases: &[],
        group: Group::Graph,
        severity: Severity::Error,
        applies_to: "Graph manifests",
        summary: "the `@odata.type` of a security scheme is missing, unknown or contradicts `type`",
        why: "All schemes stand under one abstract type, so the service learns only from `@odata.type` which members to \
              expect, and refuses or drops those of any other scheme.",
        fixing: Fixing::Sometimes(
            "The annotation is derived from `type`: added where it is missing, replaced where it is abstract \
             or only spelt otherwise; unsafe where it contradicts `type` or is no type of a scheme. Where \
             neither of the two names a known type, there is nothing to derive it from.",
        ),
        examples: &[
            Example::fixed(
                Setup::INSTANCE,
                r##"
{ "agentCardManifest": { "securitySchemes": {
    "a": { "@odata.type": "#microsoft.graph.apiKeySecurityScheme", "type": "http", "scheme": "bearer" },
                                                                           ^^^^^^ error: `type` is `http`, but `@odata.type` says `apiKeySecurityScheme`
    "b": { "type": "mutualTLS" },
         ^ warning: the security scheme has no `@odata.type`
    "c": { "@odata.type": "#microsoft.graph.keySecurityScheme", "type": "apiKey", "in": "header", "name": "k" },
                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: `@odata.type` is `#microsoft.graph.keySecurityScheme`, which is no security scheme
    "d": { "@odata.type": "#microsoft.graph.securityScheme", "type": "mutualTLS" },
                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `@odata.type` is the abstract type of all security schemes
    "e": { "@odata.type": true, "type": "mutualTLS" }
                          ^^^^ error: `@odata.type` is not a string
} } }
"##,
                r##"
{ "agentCardManifest": { "securitySchemes": {
    "a": { "@odata.type": "#microsoft.graph.httpAuthSecurityScheme", "type": "http", "scheme": "bearer" },
    "b": { "@odata.type": "#microsoft.graph.mutualTLSSecurityScheme", "type": "mutualTLS" },
    "c": { "@odata.type": "#microsoft.graph.apiKeySecurityScheme", "type": "apiKey", "in": "header", "name": "k" },
    "d": { "@odata.type": "#microsoft.graph.mutualTLSSecurityScheme", "type": "mutualTLS" },
    "e": { "@odata.type": "#microsoft.graph.mutualTLSSecurityScheme", "type": "mutualTLS" }
} } }
"##,
            ).shows(&["graph 1.5", "graph 3.9"]),
            Example::fixed(
                Setup::graph(Kind::GraphAgentCardManifest, Mode::Update),
                r##"
{ "securitySchemes": { "a": { "@odata.type": "#microsoft.graph.oauth2SecurityScheme", "type": "oauth2" } } }
                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: `@odata.type` is `#microsoft.graph.oauth2SecurityScheme`, which is no security scheme
"##,
                r##"
{ "securitySchemes": { "a": { "@odata.type": "#microsoft.graph.oAuth2SecurityScheme", "type": "oauth2" } } }
"##,
            ),
            Example::good(
                Setup::graph(Kind::GraphAgentCardManifest, Mode::Update),
                r##"
{ "securitySchemes": { "a": { "@odata.type": "Microsoft.Graph.mutualTLSSecurityScheme", "type": "mutualTLS" } } }
"##,
            ),
            Example::good(
                Setup::graph(Kind::GraphAgentCardManifest, Mode::Response),
                r##"{ "securitySchemes": { "a": { "type": "mutualTLS" } } }"##,
            ),
        ],
    },
    check: Check::Agent(check),
};

const NAMESPACE: &str = "microsoft.graph.";

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    if agent.graph().is_none() {
        return;
    }
    for scheme in &agent.schemes {
        match scheme.entry.node().member("@odata.type") {
            Some(stated) => stated_type(scheme, stated, report),
            None if agent.is_request() => unstated(scheme, report),
            None => {}
        }
    }
}

/// Where `type` is missing or wrong as well, it is enough to say that.
fn unstated(scheme: &Scheme<'_>, report: &mut Report<'_>) {
    let node = scheme.entry.node();
    let is_wrapped =
        node.children().any(|member| member.key().is_some_and(|name| name.ends_with("SecurityScheme")));
    let says_type = scheme.entry.has("type") && !node.is_incomplete() && !is_wrapped;
    let Some(kind) = scheme.kind.filter(|_| says_type) else { return };
    let right = format!("\"#{NAMESPACE}{}\"", kind.graph_type());
    let title = format!("add `\"@odata.type\": {right}`");
    report
        .at(node.at_opening(), "the security scheme has no `@odata.type`")
        .severity(Severity::Warning)
        .help(title.clone())
        .insert(Safety::Safe, title, node, "@odata.type", &right);
}

fn stated_type(scheme: &Scheme<'_>, stated: Node<'_>, report: &mut Report<'_>) {
    if stated.is_damaged() {
        return;
    }
    let Some(text) = stated.string() else {
        let found = report.at(stated.whole(), "`@odata.type` is not a string").help(wanted(scheme.kind));
        write(scheme.kind, Safety::Unsafe, stated, found);
        return;
    };
    let name = text.strip_prefix('#').unwrap_or(&text);
    let (namespace, name) = match name.get(..NAMESPACE.len()) {
        Some(start) if start.eq_ignore_ascii_case(NAMESPACE) => (true, &name[NAMESPACE.len()..]),
        _ => (false, name),
    };
    if namespace && name == "securityScheme" {
        let found = report
            .at(stated.whole(), "`@odata.type` is the abstract type of all security schemes")
            .severity(Severity::Warning)
            .help(wanted(scheme.kind));
        write(scheme.kind, Safety::Safe, stated, found);
        return;
    }
    let same = SchemeKind::ALL.into_iter().find(|kind| kind.graph_type().eq_ignore_ascii_case(name));
    match same {
        Some(kind) if namespace && kind.graph_type() == name => contradiction(scheme, kind, stated, report),
        same => {
            let found = report
                .at(
                    stated.whole(),
                    format!("`@odata.type` is {}, which is no security scheme", quoted(&text)),
                )
                .help(wanted(same.or(scheme.kind)));
            let safety = if same.is_some() { Safety::Safe } else { Safety::Unsafe };
            write(same.or(scheme.kind), safety, stated, found);
        }
    }
}

fn contradiction(scheme: &Scheme<'_>, stated: SchemeKind, annotation: Node<'_>, report: &mut Report<'_>) {
    let Some(kind) = scheme.kind.filter(|kind| *kind != stated) else { return };
    let Some(own) = scheme.entry.text("type") else { return };
    let found = report
        .at(
            own.node.whole(),
            format!("`type` is {}, but `@odata.type` says `{}`", quoted(&own.text), stated.graph_type()),
        )
        .help(format!("make them agree: for {} write `#{NAMESPACE}{}`", quoted(&own.text), kind.graph_type()))
        .related(annotation.whole(), "the other one");
    write(Some(kind), Safety::Unsafe, annotation, found);
}

/// Offers the annotation for a scheme of this kind.
fn write(kind: Option<SchemeKind>, safety: Safety, annotation: Node<'_>, found: Found<'_>) {
    if let Some(kind) = kind {
        let right = format!("#{NAMESPACE}{}", kind.graph_type());
        found.replace(safety, format!("write `{right}`"), annotation.span(), format!("\"{right}\""));
    }
}

fn wanted(kind: Option<SchemeKind>) -> String {
    match kind {
        Some(kind) => format!("write `#{NAMESPACE}{}`", kind.graph_type()),
        None => format!("write the type of the scheme, such as `#{NAMESPACE}apiKeySecurityScheme`"),
    }
}
