use super::unlisted_value::OPEN_HELP;
use crate::diagnostic::{Edit, Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::edit::{removal, rename, wrapped};
use crate::model::{SchemeKind, says_open};
use crate::rule::{Check, Context, Report, Rule};
use crate::schema::{Fact, Finding};
use crate::syntax::Node;
use crate::words::{list, quoted};

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "scheme-variant",
        aliases: &[],
        group: Group::Schema,
        severity: Severity::Error,
        applies_to: "A2A 1.0, and 0.3.0 as a gRPC gateway prints it",
        summary: "a security scheme holds no variant, or more than one",
        why: "A scheme of 1.0 is an object with exactly one member, which says of what kind it is. Readers that are made from \
              the protocol buffers refuse any other card, or lose the scheme and with it the way to log in.",
        fixing: Fixing::Sometimes(
            "A scheme without a wrapper is wrapped as 1.0 has it, if its members are those of one kind. \
             Without a `type` the members tell the variant; without any of those nothing does. Two variants \
             need a name each.",
        ),
        examples: &[
            Example::bad(
                Setup::V1_0,
                r#"
{ "securitySchemes": {
    "hive": { "type": "http", "scheme": "bearer" },
            ^ error: the scheme `hive` is written in the 0.3 form; 1.0 wraps it as `httpAuthSecurityScheme`
    "club": {
      "apiKeySecurityScheme": { "location": "header", "name": "X-Club" },
      "httpAuthSecurityScheme": { "scheme": "bearer" }
      ^^^^^^^^^^^^^^^^^^^^^^^^ error: the scheme `club` holds two variants, `apiKeySecurityScheme` and `httpAuthSecurityScheme`
    },
    "guest": {}
             ^ error: the scheme `guest` holds no variant
  } }
"#,
            ).shows(&["A2A-N147", "real 1-0-card-with-flat-openapi-style-securityschemes"]),
            Example::bad(
                Setup::V1_0,
                r#"
{ "securitySchemes": { "hive": { "type": "noAuth" }, "club": { "type": "ldap" } } }
                               ^ error: the scheme `hive` says that no login is needed
                                                             ^ error: the scheme `club` is written in the 0.3 form; 1.0 wraps it by its kind
"#,
            ),
            Example::fixed(
                Setup::V1_0,
                r#"
{ "securitySchemes": {
    "key": { "location": "header", "name": "X-Key" },
           ^ error: the scheme `key` has no wrapper; its members are those of `apiKeySecurityScheme`
    "login": { "scheme": "bearer", "bearerFormat": "JWT" },
             ^ error: the scheme `login` has no wrapper; its members are those of `httpAuthSecurityScheme`
    "person": { "openIdConnectUrl": "https://id.example.com/.well-known/openid-configuration", "description": "Staff" }
              ^ error: the scheme `person` has no wrapper; its members are those of `openIdConnectSecurityScheme`
  } }
"#,
                r#"
{ "securitySchemes": {
    "key": { "apiKeySecurityScheme": { "location": "header", "name": "X-Key" } },
    "login": { "httpAuthSecurityScheme": { "scheme": "bearer", "bearerFormat": "JWT" } },
    "person": { "openIdConnectSecurityScheme": { "openIdConnectUrl": "https://id.example.com/.well-known/openid-configuration", "description": "Staff" } }
  } }
"#,
            )
            .shows(&["a2a-go#347", "a2a-java#1161"]),
            Example::bad(
                Setup::V1_0,
                r#"
{ "securitySchemes": { "hive": { "scheme": "bearer", "flows": {} }, "tls": { "description": "Bring a certificate." } } }
                               ^ error: the scheme `hive` holds no variant
                                                                           ^ error: the scheme `tls` holds no variant
"#,
            ),
            Example::fixed(
                Setup::V1_0,
                r#"
{
  "securitySchemes": {
    "hive": {
            ^ error: the scheme `hive` is written in the 0.3 form; 1.0 wraps it as `apiKeySecurityScheme`
      "type": "apiKey",
      "in": "header",
      "name": "X-Hive"
    },
    "login": {
             ^ error: the scheme `login` is written in the 0.3 form; 1.0 wraps it as `oauth2SecurityScheme`
      "type": "oauth2",
      "flows": {
        "clientCredentials": { "tokenUrl": "https://id.example.com/token", "scopes": { "read": "Read." } }
      }
    }
  }
}
"#,
                r#"
{
  "securitySchemes": {
    "hive": {
      "apiKeySecurityScheme": {
        "location": "header",
        "name": "X-Hive"
      }
    },
    "login": {
      "oauth2SecurityScheme": {
        "flows": {
          "clientCredentials": { "tokenUrl": "https://id.example.com/token", "scopes": { "read": "Read." } }
        }
      }
    }
  }
}
"#,
            ),
            Example::bad(
                Setup::V1_0,
                r#"
{ "securitySchemes": { "hive": { "type": "apiKey", "in": "header", "name": "X-Hive", "x-note": "ask" } } }
                               ^ error: the scheme `hive` is written in the 0.3 form; 1.0 wraps it as `apiKeySecurityScheme`
"#,
            ),
            Example::good(
                Setup::V1_0,
                r#"
{ "securitySchemes": {
    "hive": { "httpAuthSecurityScheme": { "scheme": "bearer" }, "apiKeySecurityScheme": null, "x-note": {} },
    "type": { "mtlsSecurityScheme": {} }
  } }
"#,
            ),
            Example::good(
                Setup::V0_3,
                r#"{ "securitySchemes": { "hive": { "type": "http", "scheme": "bearer" } } }"#,
            ),
        ],
    },
    check: Check::Finding(check),
};

const HELP: &str = "write exactly one of `apiKeySecurityScheme`, `httpAuthSecurityScheme`, `oauth2SecurityScheme`, \
                    `openIdConnectSecurityScheme` and `mtlsSecurityScheme`";

fn check(finding: &Finding, context: &Context<'_>, report: &mut Report<'_>) {
    let node = context.node(finding);
    let is_wrapper = |name: &str| name.ends_with("SecurityScheme");
    match &finding.fact {
        Fact::NoVariant { variants } if variants.iter().any(|name| is_wrapper(name)) => none(node, report),
        Fact::ExtraVariant { first }
            if context.shape.aliases.called(node).is_some_and(|name| is_wrapper(&name)) =>
        {
            two(context.document.node(*first), node, report);
        }
        _ => {}
    }
}

fn none(scheme: Node<'_>, report: &mut Report<'_>) {
    let name = quoted(&scheme.key().unwrap_or_default());
    let stated = scheme.member("type").and_then(Node::string);
    if stated.as_ref().is_some_and(|kind| says_open(kind)) {
        report
            .at(scheme.at_opening(), format!("the scheme {name} says that no login is needed"))
            .help(OPEN_HELP);
        return;
    }
    let Some(wrapper) = kind(scheme).map(SchemeKind::wrapper) else {
        let message = match stated {
            Some(_) => format!("the scheme {name} is written in the 0.3 form; 1.0 wraps it by its kind"),
            None => format!("the scheme {name} holds no variant"),
        };
        report.at(scheme.at_opening(), message).help(HELP);
        return;
    };
    let (message, help) = if stated.is_some() {
        (
            format!("the scheme {name} is written in the 0.3 form; 1.0 wraps it as `{wrapper}`"),
            format!("move its members into `{wrapper}`, and take `type` out"),
        )
    } else {
        (
            format!("the scheme {name} has no wrapper; its members are those of `{wrapper}`"),
            format!("move its members into `{wrapper}`"),
        )
    };
    report.at(scheme.at_opening(), message).help(help).offer(
        Safety::Safe,
        format!("wrap it as `{wrapper}`"),
        in_wrapper(scheme).map(|edit| vec![edit]),
    );
}

/// Members that tell the kind of a scheme.
const TELLING: [(&str, SchemeKind); 8] = [
    ("flows", SchemeKind::OAuth2),
    ("oauth2MetadataUrl", SchemeKind::OAuth2),
    ("openIdConnectUrl", SchemeKind::OpenIdConnect),
    ("scheme", SchemeKind::Http),
    ("bearerFormat", SchemeKind::Http),
    ("location", SchemeKind::ApiKey),
    ("in", SchemeKind::ApiKey),
    ("name", SchemeKind::ApiKey),
];

/// The kind of a scheme without a wrapper: what its `type` says, else what all its members tell.
fn kind(scheme: Node<'_>) -> Option<SchemeKind> {
    let stated = scheme.member("type").and_then(Node::string);
    if let Some(kind) = stated.and_then(|kind| SchemeKind::of_type(&kind)) {
        return Some(kind);
    }
    let mut told = TELLING.iter().filter(|(name, _)| scheme.member(name).is_some()).map(|(_, kind)| *kind);
    let first = told.next()?;
    told.all(|kind| kind == first).then_some(first)
}

/// A kind of scheme in the form of 0.3: the members that it has to have, and those that it may have.
struct Form(SchemeKind, &'static [&'static str], &'static [&'static str]);

const FORMS: [Form; 5] = [
    Form(SchemeKind::ApiKey, &["in", "name"], &["description"]),
    Form(SchemeKind::Http, &["scheme"], &["bearerFormat", "description"]),
    Form(SchemeKind::OAuth2, &["flows"], &["oauth2MetadataUrl", "description"]),
    Form(SchemeKind::OpenIdConnect, &["openIdConnectUrl"], &["description"]),
    Form(SchemeKind::MutualTls, &[], &["description"]),
];

/// The flows and the members that they have to have beside `scopes`; they may have a `refreshUrl`.
const FLOWS: [(&str, &[&str]); 4] = [
    ("authorizationCode", &["authorizationUrl", "tokenUrl"]),
    ("clientCredentials", &["tokenUrl"]),
    ("implicit", &["authorizationUrl"]),
    ("password", &["tokenUrl"]),
];

/// The scheme in the form of 1.0, if it is a proper one but for the wrapper.
fn in_wrapper(scheme: Node<'_>) -> Option<Edit> {
    let kind = kind(scheme)?;
    let Form(_, required, optional) = FORMS.iter().find(|Form(of, ..)| *of == kind)?;
    let mut changes = Vec::new();
    for member in scheme.children() {
        let name = member.key()?;
        let is_location = kind == SchemeKind::ApiKey && name == "location";
        let is_known = is_location || required.contains(&&*name) || optional.contains(&&*name);
        match name.as_ref() {
            "type" => changes.push(removal(member)?),
            "in" if is_known && member.is_string() && scheme.member("location").is_none() => {
                changes.push(rename(member, "location")?)
            }
            "in" => return None,
            "flows" if is_known && is_one_flow(member) => {}
            _ if is_known && member.is_string() => {}
            _ => return None,
        }
    }
    let is_there =
        |name: &&str| scheme.member(name).is_some() || (*name == "in" && scheme.member("location").is_some());
    let is_whole = !scheme.is_incomplete() && required.iter().all(is_there);
    if is_whole { wrapped(scheme, kind.wrapper(), changes) } else { None }
}

/// Whether `flows` holds one flow that is as it should be: 1.0 wants no more.
fn is_one_flow(flows: Node<'_>) -> bool {
    let mut children = flows.children();
    let (Some(flow), None) = (children.next(), children.next()) else { return false };
    let Some((_, urls)) = FLOWS.iter().find(|(name, _)| flow.key_is(name)) else { return false };
    flows.is_object()
        && !flows.is_incomplete()
        && !flow.is_incomplete()
        && flow.member("scopes").is_some_and(Node::is_object)
        && urls.iter().all(|url| flow.member(url).is_some_and(Node::is_string))
}

fn two(one: Node<'_>, other: Node<'_>, report: &mut Report<'_>) {
    let (first, second) = if one.id() < other.id() { (one, other) } else { (other, one) };
    let Some(scheme) = second.parent() else { return };
    let keys = [first, second].map(|member| member.key().unwrap_or_default());
    let name = quoted(&scheme.key().unwrap_or_default());
    let message = format!("the scheme {name} holds two variants, {}", list(&keys, "and"));
    report
        .at_span(second.at_key().span(), scheme, message)
        .help("declare each under a name of its own")
        .related(first.at_key(), "the first variant");
}
