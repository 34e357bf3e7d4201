//! Faults of which the facts demand something else than the schemas suggest. Each entry says what, and why.

use crate::faults::{Expect, Fault, Mutation};
use crate::walk::Place;
use cardlint::kind::{CardVersion, Mode, Version};

/// A sort of faults, and what is demanded instead.
struct Exception {
    /// Places, by type and member.
    paths: &'static [&'static str],
    faults: &'static [Fault],
    /// In which documents.
    within: fn(&Place) -> bool,
    demands: Demand,
    #[allow(dead_code, reason = "it is for readers")]
    reason: &'static str,
}

enum Demand {
    /// No error and no warning.
    Nothing,
    /// One error or warning of this rule, wherever it stands.
    Rule(&'static str),
    /// One error or warning at most, of one of these rules: it depends on the rest of the document.
    OneOf(&'static [&'static str]),
    /// Nothing but warnings of these rules.
    Each(&'static [&'static str]),
    /// The document may be taken for something else. Then what is expected otherwise has to hold once the user has said
    /// what it is.
    Said,
}

use Demand::{Each, Nothing, OneOf, Rule, Said};

fn any(_: &Place) -> bool {
    true
}

fn card(place: &Place, is: impl Fn(CardVersion) -> bool) -> bool {
    place.profile.card().is_some_and(is)
}

fn is_mixed(place: &Place) -> bool {
    card(place, CardVersion::is_mixed)
}

fn is_modern(place: &Place) -> bool {
    card(place, |version| version.legacy.is_none())
}

fn is_signed(place: &Place) -> bool {
    place.signed && card(place, |version| version.modern)
}

fn is_0_3(place: &Place) -> bool {
    card(place, |version| version.legacy == Some(Version::V0_3_0) && !version.modern)
}

fn is_guessed(place: &Place) -> bool {
    card(place, |version| !version.stated)
}

fn is_in_update(place: &Place) -> bool {
    place.embedded == Some(Mode::Update)
}

fn is_request(place: &Place) -> bool {
    is_create(place) || place.profile.mode() == Some(Mode::Update)
}

fn is_no_update(place: &Place) -> bool {
    place.profile.mode() != Some(Mode::Update)
}

fn is_create(place: &Place) -> bool {
    place.profile.mode() == Some(Mode::Create)
}

const NAME: &[Fault] =
    &[Fault::Drop, Fault::Typo, Fault::Case, Fault::Snake, Fault::OtherName, Fault::Unknown];

const EXCEPTIONS: &[Exception] = &[
    Exception {
        paths: &["AgentCard.protocolVersion"],
        faults: &[Fault::Drop],
        within: any,
        demands: Nothing,
        reason: "a card that states no version is read as 0.3.0, which is worth a note (a2a.md 1.4 e)",
    },
    Exception {
        paths: &["AgentCard.preferredTransport"],
        faults: &[Fault::Drop],
        within: is_0_3,
        demands: OneOf(&["missing-preferred-transport"]),
        reason: "0.3.0 says that a card has to state it, though its schema does not (A2A-N046); earlier cards need not",
    },
    Exception {
        paths: &["AgentExtension.uri"],
        faults: &[Fault::Drop],
        within: is_modern,
        demands: Rule("unidentified-extension"),
        reason: "1.0 requires it nowhere, yet without it nobody can tell which extension is meant",
    },
    Exception {
        paths: &[
            "AgentCard.security",
            "AgentCard.securityRequirements",
            "AgentSkill.security",
            "AgentSkill.securityRequirements",
        ],
        faults: &[Fault::Drop, Fault::Empty],
        within: is_mixed,
        demands: Rule("one-sided-security"),
        reason: "a mixed card that asks for security in one half alone is open to readers of the other",
    },
    Exception {
        paths: &[
            "SecurityRequirement.*",
            "StringList.list",
            "*.securityRequirements[]",
            "AgentCard.security[]*",
            "AgentSkill.security[]*",
        ],
        faults: &[Fault::Drop, Fault::Empty],
        within: is_mixed,
        demands: OneOf(&["differing-security", "empty-requirement", "undeclared-scope"]),
        reason: "the halves of a mixed card then ask for different things",
    },
    Exception {
        paths: &["SecurityRequirement.schemes*", "*.securityRequirements[]"],
        faults: &[Fault::Drop, Fault::Empty],
        within: is_modern,
        demands: OneOf(&["empty-requirement"]),
        reason: "1.0 does not say what a requirement without a scheme means (A2A-N151)",
    },
    Exception {
        paths: &["SecurityScheme.type", "SecurityScheme.*SecurityScheme"],
        faults: &[Fault::Drop],
        within: is_mixed,
        demands: Rule("one-sided-security"),
        reason: "a scheme of a mixed card may be in the form of one half alone, which readers of the other cannot use",
    },
    Exception {
        paths: &["AgentCard.url", "AgentCard.supportedInterfaces"],
        faults: &[Fault::Drop],
        within: is_mixed,
        demands: Each(&["misnamed-member", "duplicate-spelling", "removed-member", "unlisted-main-endpoint"]),
        reason: "with one endpoint it is a card of one generation, in which each member of the other one means nothing",
    },
    Exception {
        paths: &[
            "AgentCard.securitySchemes",
            "AgentCard.securitySchemes{}",
            "agentCardManifest.securitySchemes",
            "agentCardManifest.securitySchemes{}",
        ],
        faults: &[Fault::Drop],
        within: is_no_update,
        demands: Rule("undeclared-scheme"),
        reason: "what asks for the scheme asks in vain (A2A-N115); an update may refer to what an earlier request declared",
    },
    Exception {
        paths: &["AgentCard.securitySchemes", "agentCardManifest.securitySchemes"],
        faults: &[Fault::Empty],
        within: is_no_update,
        demands: Rule("undeclared-scheme"),
        reason: "the same",
    },
    Exception {
        paths: &["*OAuthFlow.scopes{}"],
        faults: &[Fault::Drop],
        within: any,
        demands: OneOf(&["undeclared-scope"]),
        reason: "what asks for the scope asks in vain, unless another flow of the scheme offers it (A2A-N153)",
    },
    Exception {
        paths: &["*OAuthFlow.scopes"],
        faults: &[Fault::Empty],
        within: any,
        demands: Each(&["undeclared-scope"]),
        reason: "the same for each scope",
    },
    Exception {
        paths: &[
            "agentCapabilities.*",
            "agentProvider.*",
            "agentCardManifest.skills",
            "agentCardManifest.ownerIds",
            "agentCardManifest.defaultInputModes",
            "agentCardManifest.defaultOutputModes",
            "agentRegistration.sourceAgentId",
        ],
        faults: &[Fault::Drop],
        within: is_create,
        demands: OneOf(&["incomplete-graph-object"]),
        reason: "the prose asks for them where the service does not refuse a body without them (graph.md 4.25 to 4.31)",
    },
    Exception {
        paths: &[
            "agentSkill.description",
            "agentSkill.tags",
            "oAuthFlow.authorizationUrl",
            "oAuthFlow.tokenUrl",
        ],
        faults: &[Fault::Drop],
        within: is_request,
        demands: OneOf(&["incomplete-graph-object"]),
        reason: "the same, also in updates; which URLs a flow needs depends on its name",
    },
    Exception {
        paths: &["oAuthFlows.*"],
        faults: &[Fault::Drop],
        within: is_request,
        demands: OneOf(&["incomplete-graph-object"]),
        reason: "the only flow of a scheme cannot be missed",
    },
    Exception {
        paths: &["agentCardManifest.capabilities", "agentCardManifest.provider"],
        faults: &[Fault::Empty],
        within: is_create,
        demands: Each(&["incomplete-graph-object"]),
        reason: "the prose asks for each of their members",
    },
    Exception {
        paths: &["agentRegistration.agentCard"],
        faults: &[Fault::Empty],
        within: any,
        demands: Each(&["missing-member"]),
        reason: "for Graph it may hold anything, but as a card it lacks all that a card has to have",
    },
    Exception {
        paths: &["agentRegistration.ownerIds"],
        faults: &[Fault::Drop],
        within: is_create,
        demands: OneOf(&["ownerless-registration"]),
        reason: "it or managedByAppId is needed (graph.md 4.5)",
    },
    Exception {
        paths: &["agentRegistration.managedByAppId"],
        faults: &[Fault::Drop, Fault::Null],
        within: is_create,
        demands: OneOf(&["ownerless-registration"]),
        reason: "it or ownerIds is needed (graph.md 4.5)",
    },
    Exception {
        paths: &["AgentCard.*"],
        faults: &[Fault::Drop],
        within: is_in_update,
        demands: OneOf(&["missing-member"]),
        reason: "an update may send a part of the card, which is worth a note (graph.md 2)",
    },
    Exception {
        paths: &["AgentCard.authentication", "AgentCard"],
        faults: &[Fault::Drop, Fault::OtherName],
        within: is_guessed,
        demands: Said,
        reason: "it alone tells a card of 0.1.0, which states no version (a2a.md 1.4 e)",
    },
    Exception {
        paths: &["AgentCard.*", "AgentSkill.*"],
        faults: &[Fault::Null],
        within: is_guessed,
        demands: Said,
        reason: "nulls and no later member tell a card of 0.1.0",
    },
    Exception {
        paths: &[
            "agentInstance.*",
            "agentCollection.*",
            "agentCardManifest.displayName",
            "agentRegistration.agentCard",
            "agentInstance",
        ],
        faults: NAME,
        within: is_request,
        demands: Said,
        reason: "the kind and the mode of a short body rest on one or two members; without them the user has to say them",
    },
];

/// Verifiers of a signature differ about empty values and drop unknown members, which is worth a word beside what is
/// said of the value itself (A2A-N170, A2A#1742).
const OF_SIGNATURES: &[&str] = &["ambiguous-signed-value", "uncovered-member"];

/// What has to be said of `mutation`, and whether it is an exception.
pub(crate) fn expectation(mutation: &Mutation) -> (Expect, bool) {
    let (expect, is_excepted) = beside_signatures(mutation);
    if is_signed(&mutation.place) && matches!(mutation.fault, Fault::Empty | Fault::Unknown) {
        (Expect::Beside(Box::new(expect), OF_SIGNATURES), true)
    } else {
        (expect, is_excepted)
    }
}

fn beside_signatures(mutation: &Mutation) -> (Expect, bool) {
    let fits = |exception: &&Exception| {
        exception.faults.contains(&mutation.fault)
            && (exception.within)(&mutation.place)
            && exception.paths.iter().any(|pattern| is_like(&mutation.place.path, pattern))
    };
    let Some(exception) = EXCEPTIONS.iter().find(fits) else { return (mutation.expect.clone(), false) };
    let expect = match exception.demands {
        Nothing => Expect::Nothing,
        Rule(rule) => Expect::Rule(rule),
        OneOf(rules) => Expect::OneOf(rules),
        Each(rules) => Expect::Each(rules),
        Said => Expect::Said(Box::new(mutation.expect.clone())),
    };
    (expect, true)
}

/// Whether `path` is `pattern`, in which one `*` stands for anything.
fn is_like(path: &str, pattern: &str) -> bool {
    match pattern.split_once('*') {
        Some((start, end)) => {
            path.starts_with(start) && path.ends_with(end) && path.len() >= start.len() + end.len()
        }
        None => path == pattern,
    }
}
