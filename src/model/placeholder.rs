//! Texts that stand for a value that was never filled in: what shells, pipelines, templates and samples leave behind.

use super::graph::is_guid;

/// What a template puts around the name of a variable when the whole text is one.
const AROUND: [(&str, &str); 11] = [
    ("${{", "}}"),
    ("${", "}"),
    ("{{", "}}"),
    ("#{", "}#"),
    ("#{", "}"),
    ("@{", "}"),
    ("{", "}"),
    ("$(", ")"),
    ("<", ">"),
    ("%", "%"),
    ("__", "__"),
];

/// What a template puts around a variable in the middle of a text, and nobody writes for another purpose in an id or a name.
const INSIDE: [(&str, &str); 5] = [("${", "}"), ("{{", "}}"), ("#{", "}"), ("@{", "}"), ("$(", ")")];

/// How words begin that ask the reader for a value, in capitals.
const ASKING: [&str; 8] = ["YOUR_", "YOUR-", "<YOUR", "REPLACE_", "REPLACE-", "INSERT_", "TODO:", "TODO_"];

/// Whole texts that ask the reader for a value, without regard to case.
const ASKING_WHOLE: [&str; 8] = [
    "replace_me",
    "replace-me",
    "replaceme",
    "change_me",
    "change-me",
    "changeme",
    "[object object]",
    "undefined",
];

/// Functions with which expressions of Logic Apps begin.
const FUNCTIONS: [&str; 14] = [
    "variables",
    "parameters",
    "triggerBody",
    "triggerOutputs",
    "body",
    "outputs",
    "items",
    "item",
    "concat",
    "guid",
    "utcNow",
    "workflow",
    "actions",
    "coalesce",
];

/// How the names of .NET types begin that PowerShell prints for a value it cannot write.
const TYPES: [&str; 8] = [
    "System.Object",
    "System.String",
    "System.Guid",
    "System.DateTime",
    "System.Collections.",
    "System.Management.",
    "System.Xml.",
    "Microsoft.PowerShell.",
];

/// Whether a text that people read is a placeholder from end to end, so that nothing in it can be meant as it stands.
pub fn is_placeholder(text: &str) -> bool {
    let text = text.trim();
    is_wrapped(text)
        || is_build_property(text)
        || is_shell_variable(text)
        || is_expression(text)
        || is_type_name(text)
        || is_guid_pattern(text)
        || matches!(text, "TODO" | "TBD" | "FIXME" | "null")
        || ASKING_WHOLE.iter().any(|whole| whole.eq_ignore_ascii_case(text))
        || asks(text)
}

/// Whether a name or an id that may be any text was never filled in: it is a placeholder, or holds a variable of a template.
pub fn is_unfilled(text: &str) -> bool {
    let trimmed = text.trim();
    let holds = |open: &str, close: &str| {
        trimmed.find(open).is_some_and(|at| trimmed[at + open.len()..].contains(close))
    };
    is_placeholder(trimmed)
        || trimmed.eq_ignore_ascii_case("null")
        // Every opening has one of these, and few texts do.
        || (trimmed.contains(['{', '(']) && INSIDE.iter().any(|(open, close)| holds(open, close)))
}

/// Whether a text where only a GUID can be meant was never filled in.
pub fn is_unfilled_guid(text: &str) -> bool {
    let text = text.trim();
    let holds_name = text.find('<').is_some_and(|at| text[at..].contains('>'));
    let starts = |word: &str| text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    let words = [
        "your",
        "my-",
        "my_",
        "todo",
        "tbd",
        "replace",
        "insert",
        "enter",
        "placeholder",
        "<",
        "guid",
        "uuid",
    ];
    is_unfilled(text) || holds_name || words.iter().any(|word| starts(word)) || is_shouted(text)
}

fn is_wrapped(text: &str) -> bool {
    // A GUID may stand in braces.
    let wraps = |open: &str, close: &str| {
        let inner = text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
        inner.is_some_and(|inner| is_variable(open, inner))
    };
    AROUND.iter().any(|(open, close)| wraps(open, close))
}

/// Whether `inner` may be what a template has between `open` and its end.
fn is_variable(open: &str, inner: &str) -> bool {
    match open {
        "%" | "__" => is_name(inner),
        // An expression has brackets and quotation marks of its own.
        "@{" => !inner.trim().is_empty(),
        "{" if is_guid(inner) => false,
        // The name of a value has letters. `<&>` is a text of signs, and `<...>` asks for a value without a name.
        _ => {
            let has_name =
                inner.contains(char::is_alphanumeric) || matches!(inner.trim(), "..." | "\u{2026}");
            has_name && !inner.contains(['{', '}', '<', '>', '(', ')'])
        }
    }
}

/// The name of a variable: letters, digits and underscores, with a letter first.
fn is_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// `@project.version@`: a property that Maven or Spring Boot fills in when it builds.
fn is_build_property(text: &str) -> bool {
    let name = text.strip_prefix('@').and_then(|rest| rest.strip_suffix('@'));
    name.is_some_and(|name| name.split(['.', '-']).all(is_name))
}

/// `$agentName`, `$env:AGENT_ID`: PowerShell in single quotation marks, or a shell.
fn is_shell_variable(text: &str) -> bool {
    let Some(name) = text.strip_prefix('$') else { return false };
    let name = name.split_once(':').map_or(name, |(scope, name)| if is_name(scope) { name } else { "" });
    name.split('.').all(is_name)
}

/// `@variables('agentId')`: an expression of Logic Apps or Power Automate.
fn is_expression(text: &str) -> bool {
    let call = text.strip_prefix('@').and_then(|call| call.split_once('('));
    call.is_some_and(|(function, rest)| FUNCTIONS.contains(&function) && rest.contains(')'))
}

/// `System.Object[]`: what PowerShell prints for a value that it cannot write.
fn is_type_name(text: &str) -> bool {
    let is_part = |byte: u8| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'[' | b']' | b',' | b'`' | b'+' | b'_')
    };
    TYPES.iter().any(|start| {
        let rest = text.strip_prefix(start);
        rest.is_some_and(|rest| {
            let ends_word = start.ends_with('.') || rest.is_empty() || rest.starts_with(['[', '.', 'O']);
            ends_word && rest.bytes().all(is_part)
        })
    })
}

/// `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx`: the form of a GUID, with other letters than hexadecimal ones.
fn is_guid_pattern(text: &str) -> bool {
    let mut fillers = 0;
    let has_form = text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => {
                let is_filler = matches!(byte.to_ascii_lowercase(), b'x' | b'y' | b'n' | b'#' | b'*' | b'?');
                fillers += usize::from(is_filler);
                is_filler || byte.is_ascii_hexdigit()
            }
        });
    has_form && fillers >= 4
}

/// `YOUR_AGENT_ID`, `REPLACE_WITH_OWNER`, `TODO: say what it does`.
fn asks(text: &str) -> bool {
    let begins = ASKING.iter().any(|word| text.starts_with(word));
    // A text goes on in prose, an id does not.
    begins && (text.starts_with("TODO:") || !text.contains(char::is_whitespace))
}

/// `AGENT_IDENTITY_ID`: the name of a constant.
fn is_shouted(text: &str) -> bool {
    text.contains('_')
        && text.bytes().any(|byte| byte.is_ascii_uppercase())
        && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_opening_has_a_bracket_that_is_looked_for_first() {
        assert!(INSIDE.iter().all(|(open, _)| open.contains(['{', '('])));
    }

    #[test]
    fn what_templates_leave_behind_is_known() {
        for text in [
            "${NAME}",
            "${{ secrets.NAME }}",
            "{{ agent name }}",
            "<\u{540d}\u{524d}>",
            "<...>",
            "<name>",
            " $(NAME) ",
            "$agentName",
            "$env:AGENT_NAME",
            "$agent.Name",
            "%AGENT_ID%",
            "#{agentId}#",
            "#{Octopus.Agent}",
            "@{variables('agentId')}",
            "@{name=value}",
            "@variables('agentId')",
            "@project.version@",
            "@AGENT_NAME@",
            "__AGENT_ID__",
            "YOUR_AGENT_IDENTITY_ID",
            "YOUR-AGENT",
            "TODO",
            "TODO: say what it does",
            "REPLACE_ME",
            "changeme",
            "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx",
            "System.Object[]",
            "System.Collections.Hashtable",
            "System.Collections.Generic.List`1[System.String]",
            "[object Object]",
            "undefined",
        ] {
            assert!(is_placeholder(text), "{text}");
        }
        for text in [
            "",
            "String",
            "Todo",
            "Your day",
            "your-schedule",
            "SALES_BOT",
            "$5 deals",
            "$",
            "Save 20% or 30%",
            "100%",
            "%",
            "<b>Tides</b>",
            "<>",
            "<&>",
            "{/}",
            "Tides {beta}",
            "System.Object lessons",
            "Systems",
            "@harbour (the port)",
            "@home(London)bot",
            "@",
            "@@",
            "@ the quay @",
            "Write {{name}} in a template",
            "{3f0e7a52-93c4-4d5b-8a61-0f2b7c9d3e58}",
            "3f0e7a52-93c4-4d5b-8a61-0f2b7c9d3e58",
            "____",
            "C#{}",
        ] {
            assert!(!is_placeholder(text), "{text}");
        }
    }

    #[test]
    fn ids_that_nobody_filled_in_are_known() {
        for text in ["null", "NULL", "${ID}-${ENV}", "agent-{{ id }}", "{tenantId}"] {
            assert!(is_unfilled(text), "{text}");
        }
        for text in ["identity-<guid>", "AGENT_IDENTITY_ID", "your-agent-id", "todo", "<owner-object-id>"] {
            assert!(is_unfilled_guid(text), "{text}");
        }
        for text in ["nullable", "a<b", "{3f0e7a52-93c4-4d5b-8a61-0f2b7c9d3e58}", "", "00222", "SALES_BOT"] {
            assert!(!is_unfilled(text), "{text}");
        }
        for text in ["anna@harbour.example.com", "4f0c2b1-8e57-4d7a-9a61-0d3b5c6e7f82", "", "harbour-office"]
        {
            assert!(!is_unfilled_guid(text), "{text}");
        }
    }
}
