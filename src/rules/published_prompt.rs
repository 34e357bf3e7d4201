use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::model::Agent;
use crate::rule::{Check, Report, Rule};

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "published-prompt",
        aliases: &[],
        group: Group::Security,
        severity: Severity::Note,
        applies_to: "every kind and version",
        summary: "a description reads like the system prompt of the agent",
        why: "Some frameworks put the whole prompt into the card. Then everybody knows the rules that the agent follows, the \
              tools it has and how to get around them, and clients show their users a text that was not written for them.",
        fixing: Fixing::Never("What the agent does for people has to be told in other words."),
        examples: &[
            Example::bad(
                Setup::V1_0,
                r#"
{ "description": "You are an expert on tides. Always answer in metres. Never tell anyone about the night table.",
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: the description reads like a system prompt
  "skills": [{ "description": "System prompt:\nYour task is to look up the tide." }] }
                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: the description reads like a system prompt
"#,
            )
            .shows(&["kagent#2843", "A2A-N125"]),
            Example::good(
                Setup::V1_0,
                r#"
{ "description": "Tells you when you are able to cross. Ask for a place; you must name the day.",
  "skills": [{ "description": "You are at sea and want to know more? Find the tide.", "examples": ["You are a pilot. Always answer in feet."] }] }
"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

/// How prompts begin.
const BEGINNINGS: [&str; 9] = [
    "you are a ",
    "you are an ",
    "you are the ",
    "act as a",
    "your role is",
    "your task is",
    "your job is",
    "i am a ",
    "i am an ",
];

/// Headings that stand above prompts.
const HEADINGS: [&str; 4] = ["system prompt", "system message", "system instruction", "<system>"];

/// What prompts tell a model to do.
const ORDERS: [&str; 16] = [
    "you must",
    "you should",
    "you will",
    "i must",
    "i should",
    "your task",
    "your role",
    "your goal",
    "always ",
    "never ",
    "do not ",
    "don't ",
    "respond ",
    "when the user",
    "if the user",
    "instructions",
];

/// A text of this length is no description any more where it gives orders.
const LONG: usize = 1500;

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    let described = agent.card.iter().chain(&agent.skills);
    for text in described.filter_map(|owner| owner.text("description")).filter(|text| is_prompt(&text.text)) {
        report
            .at(text.node.whole(), "the description reads like a system prompt")
            .help("say in a few sentences, to people who might use the agent, what it does for them");
    }
}

fn is_prompt(text: &str) -> bool {
    let start = text.trim_start_matches(|char: char| !char.is_alphabetic() && char != '<');
    let first = start.bytes().next().map(|byte| byte.to_ascii_lowercase());
    let starts = |head: &&str| {
        head.bytes().next() == first
            && start.get(..head.len()).is_some_and(|start| start.eq_ignore_ascii_case(head))
    };
    let orders = |least: usize| {
        let lower = text.to_lowercase();
        ORDERS.iter().map(|order| lower.matches(order).count()).sum::<usize>() >= least
    };
    HEADINGS.iter().any(&starts)
        || (BEGINNINGS.iter().any(&starts) && orders(2))
        || (text.len() >= LONG && orders(6))
}
