//! What an HTTP request states about its body: the kind that its URL names and the mode that its method gives.
//!
//! The paths are those of the Microsoft Graph agent registry (graph.md, section 2). The host is not compared: a request
//! may go to a national cloud, to a mock or to a variable.

use super::{Kind, Mode};

/// What a body is, as far as its request states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Operation {
    /// The kind of the documents in the body. A URL of another API names none.
    pub kind: Option<Kind>,
    /// What a Graph body is for.
    pub mode: Option<Mode>,
}

impl Operation {
    /// What the body of a request is. `url` may be absolute or relative, and may contain `{{variables}}`.
    pub fn of_request(method: &str, url: &str) -> Self {
        let Some(target) = Target::of(url) else { return Self::default() };
        let kind = target.kind();
        let is = |name| method.eq_ignore_ascii_case(name);
        let mode = if is("POST") {
            // No operation creates a manifest by itself.
            (kind != Some(Kind::GraphAgentCardManifest)).then_some(Mode::Create)
        } else {
            (is("PATCH") || is("PUT")).then_some(Mode::Update)
        };
        Self { kind, mode: mode.filter(|_| target.is_graph()) }
    }

    /// What the body of the answer to a request for `url` is: one object, or a page of them.
    pub fn of_response(url: &str) -> Self {
        let Some(target) = Target::of(url) else { return Self::default() };
        Self { kind: target.kind(), mode: Some(Mode::Response).filter(|_| target.is_graph()) }
    }
}

/// What a URL leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Target {
    /// A set of objects, to which a POST adds one.
    Set(Kind),
    /// One object.
    One(Kind),
    /// Unknown, since the whole path is a variable.
    Variable,
    /// Something that is not a document of ours.
    Other,
}

/// The sets of the registries, each with the segment of the URL before it.
const SETS: [(&str, &str, Kind); 4] = [
    ("agentRegistry", "agentInstances", Kind::GraphAgentInstance),
    ("agentRegistry", "agentCardManifests", Kind::GraphAgentCardManifest),
    ("agentRegistry", "agentCollections", Kind::GraphAgentCollection),
    ("copilot", "agentRegistrations", Kind::GraphAgentRegistration),
];

/// Where an object leads: the kind, the segment, the target.
const NAVIGATION: [(Kind, &str, Target); 3] = [
    (Kind::GraphAgentInstance, "agentCardManifest", Target::One(Kind::GraphAgentCardManifest)),
    (Kind::GraphAgentInstance, "collections", Target::Set(Kind::GraphAgentCollection)),
    (Kind::GraphAgentCollection, "members", Target::Set(Kind::GraphAgentInstance)),
];

/// What can stand before the path of a set: the versions of Graph.
const VERSIONS: [&str; 2] = ["beta", "v1.0"];

impl Target {
    /// What `url` leads to; nothing for a URL without a path.
    fn of(url: &str) -> Option<Self> {
        let segments = segments(url);
        if let [.., well_known, name] = segments.as_slice()
            && *well_known == ".well-known"
            && *name == "agent-card.json"
        {
            return Some(Target::One(Kind::A2aCard));
        }
        let start = segments.iter().enumerate().rev().find_map(|(at, segment)| {
            let set = set_of(segment)?;
            is_root(segments.get(..at)?, set.0).then_some((at, set.1))
        });
        let Some((at, kind)) = start else {
            return match segments.as_slice() {
                [] => None,
                [only] if is_variable(only) => Some(Target::Variable),
                _ => Some(Target::Other),
            };
        };
        let first = if has_key(segments.get(at)?) { Target::One(kind) } else { Target::Set(kind) };
        let rest = segments.get(at + 1..).unwrap_or_default();
        Some(rest.iter().fold(first, |target, segment| target.follow(segment)))
    }

    /// Where one more segment leads.
    fn follow(self, segment: &str) -> Self {
        match self {
            // `$count`, `$ref` and `$value` are not objects, and a dotted name is a function or a cast.
            _ if segment.starts_with('$') || segment.starts_with("microsoft.graph.") => Target::Other,
            Target::Set(kind) => Target::One(kind),
            Target::One(kind) => {
                let found = NAVIGATION
                    .iter()
                    .find(|(from, name, _)| *from == kind && name_of(segment).eq_ignore_ascii_case(name));
                match found {
                    Some((_, _, Target::Set(kind))) if has_key(segment) => Target::One(*kind),
                    Some((_, _, target)) => *target,
                    None => Target::Other,
                }
            }
            Target::Variable | Target::Other => Target::Other,
        }
    }

    /// Whether the body may be a Graph object. The URL of another API gives no meaning to the method.
    fn is_graph(self) -> bool {
        match self {
            Target::Variable => true,
            Target::Other => false,
            Target::Set(kind) | Target::One(kind) => kind.is_graph(),
        }
    }

    fn kind(self) -> Option<Kind> {
        match self {
            Target::Set(kind) | Target::One(kind) => Some(kind),
            Target::Variable | Target::Other => None,
        }
    }
}

/// The segments of the path of `url`, without scheme, host, query and fragment. A variable before the first slash stays,
/// since it may hold a part of the path.
fn segments(url: &str) -> Vec<&str> {
    let url = url.trim();
    let rest = match url.split_once("://") {
        // What follows the scheme is the host, even if it is a variable.
        Some((scheme, rest)) if !scheme.contains(['/', '?']) => rest.find('/').and_then(|at| rest.get(at..)),
        _ => Some(url),
    };
    let path = rest.unwrap_or_default().split(['?', '#']).next().unwrap_or_default();
    path.split('/').filter(|segment| !segment.is_empty()).collect()
}

/// The set that a segment names, with the segment before it.
fn set_of(segment: &str) -> Option<(&'static str, Kind)> {
    let name = name_of(segment);
    let found = SETS.iter().find(|(_, set, _)| set.eq_ignore_ascii_case(name));
    found.map(|(root, _, kind)| (*root, *kind))
}

/// Whether a set with the root `root` can follow these segments: the root itself, a variable that may hold it, or nothing.
fn is_root(before: &[&str], root: &str) -> bool {
    match before {
        [] => true,
        [.., last] if is_variable(last) => true,
        [.., last] if last.eq_ignore_ascii_case(root) => true,
        [.., last] => VERSIONS.contains(last) && before.len() == 1,
    }
}

fn is_variable(segment: &str) -> bool {
    segment.starts_with("{{") && segment.ends_with("}}")
}

/// A segment without its key in parentheses.
fn name_of(segment: &str) -> &str {
    segment.split('(').next().unwrap_or_default()
}

/// Whether a segment names one object of a set: `agentInstances('id')`.
fn has_key(segment: &str) -> bool {
    segment.contains('(')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(method: &str, url: &str) -> (Option<Kind>, Option<Mode>) {
        let Operation { kind, mode } = Operation::of_request(method, url);
        (kind, mode)
    }

    const GRAPH: &str = "https://graph.microsoft.com/beta";

    #[test]
    fn every_documented_operation_is_known() {
        use Kind::*;
        use Mode::*;
        let cases: [(&str, &str, Option<Kind>, Option<Mode>); 14] = [
            ("POST", "/copilot/agentRegistrations", Some(GraphAgentRegistration), Some(Create)),
            ("PATCH", "/copilot/agentRegistrations/7c1e", Some(GraphAgentRegistration), Some(Update)),
            ("GET", "/copilot/agentRegistrations/7c1e", Some(GraphAgentRegistration), None),
            ("POST", "/agentRegistry/agentInstances", Some(GraphAgentInstance), Some(Create)),
            ("PATCH", "/agentRegistry/agentInstances/a:1", Some(GraphAgentInstance), Some(Update)),
            ("PATCH", "/agentRegistry/agentInstances('a 1')", Some(GraphAgentInstance), Some(Update)),
            ("PATCH", "/agentRegistry/agentCardManifests/m", Some(GraphAgentCardManifest), Some(Update)),
            (
                "PATCH",
                "/agentRegistry/agentInstances/a/agentCardManifest",
                Some(GraphAgentCardManifest),
                Some(Update),
            ),
            ("POST", "/agentRegistry/agentCardManifests", Some(GraphAgentCardManifest), None),
            ("POST", "/agentRegistry/agentCollections", Some(GraphAgentCollection), Some(Create)),
            ("PATCH", "/agentRegistry/agentCollections/c", Some(GraphAgentCollection), Some(Update)),
            ("POST", "/agentRegistry/agentCollections/c/members/$ref", None, None),
            ("POST", "/agentRegistry/agentInstances/a/collections/c/members/$ref", None, None),
            ("DELETE", "/agentRegistry/agentInstances/a", Some(GraphAgentInstance), None),
        ];
        for (method, path, kind, mode) in cases {
            for url in [path.to_owned(), format!("{GRAPH}{path}"), format!("{{{{host}}}}{path}")] {
                assert_eq!(request(method, &url), (kind, mode), "{method} {url}");
            }
        }
    }

    #[test]
    fn the_answer_to_a_request_is_a_response() {
        let kind = |url: &str| Operation::of_response(url);
        let expected = |kind| Operation { kind: Some(kind), mode: Some(Mode::Response) };
        assert_eq!(kind("/agentRegistry/agentInstances"), expected(Kind::GraphAgentInstance));
        let members = format!("{GRAPH}/agentRegistry/agentCollections/c/members?$select=id,displayName");
        assert_eq!(kind(&members), expected(Kind::GraphAgentInstance));
        let collections = "/agentRegistry/agentInstances/a/collections";
        assert_eq!(kind(collections), expected(Kind::GraphAgentCollection));
        let card = Operation { kind: Some(Kind::A2aCard), mode: None };
        assert_eq!(kind("https://a.example/.well-known/agent-card.json"), card);
        assert_eq!(Operation::of_request("PUT", "{{host}}/.well-known/agent-card.json"), card);
        assert_eq!(kind("/agentRegistry/agentInstances/$count"), Operation::default());
    }

    #[test]
    fn hosts_versions_queries_and_letter_case_make_no_difference() {
        let registration = (Some(Kind::GraphAgentRegistration), Some(Mode::Create));
        for url in [
            "https://graph.microsoft.us/beta/copilot/agentRegistrations?x=y",
            "HTTPS://graph.microsoft.com/BETA/Copilot/AgentRegistrations",
            "http://localhost:8080/copilot/agentRegistrations/",
            "https://{{host}}/{{version}}/copilot/agentRegistrations#top",
            "{{graph}}/agentRegistrations",
            "{{graph}}/{{area}}/agentRegistrations",
            "beta/agentRegistrations",
            "copilot/agentRegistrations",
            " /copilot/agentRegistrations ",
        ] {
            assert_eq!(request("post", url), registration, "{url}");
        }
        let update = (Some(Kind::GraphAgentRegistration), Some(Mode::Update));
        assert_eq!(request("patch", "{{graph}}/agentRegistrations/{{id}}"), update);
        assert_eq!(request("PUT", "{{graph}}/agentRegistrations/{id}?a=https://b/c"), update);
    }

    #[test]
    fn urls_of_other_apis_state_nothing() {
        for url in [
            "https://graph.microsoft.com/beta/$batch",
            "https://graph.microsoft.com/v1.0/groups/g/members",
            "https://api.example.com/agents/agentInstances",
            "https://graph.microsoft.com/beta/copilot/agentRegistrations/a/restore",
            "https://graph.microsoft.com/beta/agentRegistry",
            "https://graph.microsoft.com/beta/agentRegistry/agentInstances/microsoft.graph.recent()",
            "https://graph.microsoft.com/beta/users?$filter=/copilot/agentRegistrations",
            "/a2a/v1/message:send",
        ] {
            assert_eq!(request("POST", url), (None, None), "{url}");
        }
    }

    #[test]
    fn a_variable_may_hold_the_whole_url() {
        assert_eq!(request("PATCH", "{{url}}"), (None, Some(Mode::Update)));
        assert_eq!(request("POST", "https://{{host}}/{{path}}"), (None, Some(Mode::Create)));
        assert_eq!(request("GET", "{{url}}"), (None, None));
        assert_eq!(request("POST", ""), (None, None));
        assert_eq!(request("POST", "https://a.example"), (None, None));
    }
}
