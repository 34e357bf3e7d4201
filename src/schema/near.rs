//! Names compared by their words: `docUrl` for `documentationUrl`, `sourceCreatedDate` for `sourceCreatedDateTime`.

use smallvec::SmallVec;
use std::borrow::Cow;

/// How much of a member's name another name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// At least half of its words.
    Part,
    /// Every word.
    Whole,
}

/// The words of a name that may be meant to be another one.
#[derive(Debug)]
pub(super) struct Near<'n>(Vec<Word<'n>>);

/// A word, and the words of members that it may stand for besides itself.
#[derive(Debug)]
struct Word<'n> {
    text: Cow<'n, str>,
    same: SmallVec<[&'static str; 2]>,
}

/// Words that writers use for the words of a member: theirs, then that of the member.
const SAME: &[(&str, &str)] = &[
    ("doc", "documentation"),
    ("org", "organization"),
    ("organisation", "organization"),
    ("authorisation", "authorization"),
    ("ref", "reference"),
    ("ver", "version"),
    ("sig", "signature"),
    ("parameter", "param"),
    ("creation", "created"),
    ("updated", "modified"),
    ("update", "modified"),
    ("changed", "modified"),
    ("modification", "modified"),
    ("publisher", "published"),
    ("external", "source"),
    ("endpoint", "url"),
    ("uri", "url"),
    ("logo", "icon"),
    ("avatar", "icon"),
    ("title", "name"),
    ("identifier", "id"),
    ("summary", "description"),
    ("keyword", "tag"),
    ("company", "organization"),
    ("ability", "skill"),
    ("manifest", "card"),
    ("protocol", "transport"),
    ("binding", "transport"),
    ("transport", "binding"),
];

/// Words that all stand for a point in time.
const TIMES: [&str; 5] = ["date", "time", "at", "on", "timestamp"];

/// The fewest letters by which the beginning of a word stands for it.
const SHORTEST_BEGINNING: usize = 4;

/// No member has as many words, and a longer name is not compared.
const MOST_WORDS: usize = 8;

impl<'n> Near<'n> {
    /// The words of `name`, a member of an object of type `object`. A word that only says what the object is, such as `skill`
    /// in a skill, says nothing about the member.
    pub(super) fn new(name: &'n str, object: &str) -> Option<Self> {
        if name.len() < 3 {
            return None;
        }
        let all = words(name);
        let count = all.len();
        let own = without_owner(all, object);
        // An agent has many ids, and its own is none of them.
        let is_any_id = count > 1 && !object.ends_with("Skill") && own.iter().all(|word| word == "id");
        if own.is_empty() || own.len() > MOST_WORDS || is_any_id {
            return None;
        }
        let with_same = |text: Cow<'n, str>| {
            let same = SAME.iter().filter(|(written, _)| *written == text).map(|(_, right)| *right).collect();
            Word { text, same }
        };
        Some(Self(own.into_iter().map(with_same).collect()))
    }

    /// How much of the words `wanted` these are, if all of them are among those.
    pub(super) fn fit(&self, wanted: &[String]) -> Option<Fit> {
        if !self.0.iter().all(|word| wanted.iter().any(|right| word.means(right))) {
            return None;
        }
        let said = wanted.iter().filter(|right| self.says(right)).count();
        match said {
            said if said == wanted.len() => Some(Fit::Whole),
            said if 2 * said >= wanted.len() => Some(Fit::Part),
            _ => None,
        }
    }

    /// Whether one of the words stands for `right`.
    pub(super) fn says(&self, right: &str) -> bool {
        self.0.iter().any(|word| word.means(right))
    }

    /// Whether the words are those of `name`, which is a name for objects of the same type, and no more.
    pub(super) fn is_same(&self, name: &str, object: &str) -> bool {
        let wanted = words_of(name, object);
        wanted.len() == self.0.len() && self.fit(&wanted) == Some(Fit::Whole)
    }
}

impl Word<'_> {
    fn means(&self, right: &str) -> bool {
        let begins = self.text.len() >= SHORTEST_BEGINNING && right.starts_with(self.text.as_ref());
        begins || self.text == right || self.same.contains(&right)
    }
}

/// The words that say which member of an object of type `object` is called `name`.
pub(super) fn words_of(name: &str, object: &str) -> Vec<String> {
    without_owner(words(name), object).into_iter().map(Cow::into_owned).collect()
}

/// `words` without those that only say what the object is, unless nothing else is said.
fn without_owner<'n>(mut words: Vec<Cow<'n, str>>, object: &str) -> Vec<Cow<'n, str>> {
    if words.len() > 1 {
        words.retain(|word| !is_owner(word, object));
    }
    words
}

/// Whether `word` only says what the object is: `agent`, or the word after it in the name of its type.
fn is_owner(word: &str, object: &str) -> bool {
    let own = object.get(.."agent".len()).filter(|start| start.eq_ignore_ascii_case("agent"));
    let own = own.and_then(|_| object.get("agent".len()..)).filter(|own| *own != "Card");
    word == "agent" || own.is_some_and(|own| own.eq_ignore_ascii_case(word))
}

/// The words of `name`, in small letters and in the singular; `dateTime` is one word.
fn words(name: &str) -> Vec<Cow<'_, str>> {
    let mut words: Vec<Cow<'_, str>> = Vec::new();
    for word in name.split(|char: char| !char.is_alphanumeric()) {
        let mut start = 0;
        let bytes = word.as_bytes();
        for at in 1..=bytes.len() {
            if at < bytes.len() && !begins_word(bytes, at) {
                continue;
            }
            if let Some(part) = word.get(start..at).filter(|part| !part.is_empty()) {
                push(&mut words, part);
            }
            start = at;
        }
    }
    words
}

/// Whether a word begins at `at`: with a capital after a small letter, or with the last of several capitals. The `s` of `IDs`
/// belongs to its capitals.
fn begins_word(bytes: &[u8], at: usize) -> bool {
    let is_small = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_lowercase);
    let is_plural = bytes.get(at + 1) == Some(&b's') && !is_small(at + 2);
    let after_small = !bytes[at - 1].is_ascii_uppercase();
    bytes[at].is_ascii_uppercase() && (after_small || (is_small(at + 1) && !is_plural))
}

fn push<'n>(words: &mut Vec<Cow<'n, str>>, part: &'n str) {
    let lower = if part.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(part.to_ascii_lowercase())
    } else {
        Cow::Borrowed(part)
    };
    let word = if TIMES.contains(&lower.as_ref()) { Cow::Borrowed("time") } else { singular(lower) };
    if !words.contains(&word) {
        words.push(word);
    }
}

fn singular(word: Cow<'_, str>) -> Cow<'_, str> {
    if let Some(stem) = word.strip_suffix("ies") {
        return Cow::Owned(format!("{stem}y"));
    }
    if word.len() > 2 && word.ends_with('s') && !word.ends_with("ss") {
        return Cow::Owned(word[..word.len() - 1].to_owned());
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fit(name: &str, member: &str, object: &str) -> Option<Fit> {
        Near::new(name, object)?.fit(&words_of(member, object))
    }

    #[test]
    fn names_fall_into_words() {
        for (name, parts) in [
            ("a2aAuthorization", "a2a authorization"),
            ("sourceCreatedDateTime", "source created time"),
            ("owner_user_IDs", "owner user id"),
            ("documentationURLPath", "documentation url path"),
            ("capabilities", "capability"),
            ("access", "access"),
        ] {
            assert_eq!(words(name).join(" "), parts, "{name}");
        }
    }

    #[test]
    fn a_name_fits_the_member_that_has_all_of_its_words() {
        for (name, member, object, expected) in [
            ("sourceCreatedDate", "sourceCreatedDateTime", "agentRegistration", Fit::Whole),
            ("sourceCreatedAt", "sourceCreatedDateTime", "agentRegistration", Fit::Whole),
            ("originStore", "originatingStore", "agentInstance", Fit::Whole),
            ("ownerId", "ownerIds", "agentInstance", Fit::Whole),
            ("owners", "ownerIds", "agentInstance", Fit::Part),
            ("externalAgentId", "sourceAgentId", "agentRegistration", Fit::Whole),
            ("agentBlueprintId", "agentIdentityBlueprintId", "agentInstance", Fit::Part),
            ("docUrl", "documentationUrl", "AgentCard", Fit::Whole),
            ("agentVersion", "version", "AgentCard", Fit::Whole),
            ("example", "examples", "AgentSkill", Fit::Whole),
            ("skillId", "id", "AgentSkill", Fit::Whole),
            ("logo", "iconUrl", "AgentCard", Fit::Part),
            ("card", "agentCard", "agentRegistration", Fit::Whole),
            ("agentManifest", "agentCard", "agentRegistration", Fit::Whole),
            ("supportsExtendedCard", "supportsAuthenticatedExtendedCard", "AgentCard", Fit::Part),
        ] {
            assert_eq!(fit(name, member, object), Some(expected), "{name}");
        }
        for (name, member, object) in [
            ("ownerEmail", "ownerIds", "agentRegistration"),
            ("sourceUrl", "sourceAgentId", "agentInstance"),
            ("modelVersion", "version", "AgentCard"),
            ("cardTheme", "agentCard", "agentRegistration"),
            ("exampleCount", "examples", "AgentSkill"),
            ("skillLevel", "skills", "AgentCard"),
            ("defaultModel", "defaultInputModes", "AgentCard"),
            ("authenticated", "supportsAuthenticatedExtendedCard", "AgentCard"),
            ("agentId", "id", "agentRegistration"),
            ("on", "createdDateTime", "agentInstance"),
        ] {
            assert_eq!(fit(name, member, object), None, "{name}");
        }
    }
}
