use crate::diagnostic::{Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::kind::{Kind, Mode};
use crate::model::{Agent, Entity, Moment, MomentFlaw};
use crate::rule::{Check, Report, Rule};
use crate::syntax::Node;
use crate::words::{json, quoted};

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "malformed-timestamp",
        aliases: &[],
        group: Group::Graph,
        severity: Severity::Error,
        applies_to: "every Graph kind",
        summary: "a time is not an `Edm.DateTimeOffset`, is far from the present, or an object was changed before it was created",
        why: "The service reads these members as dates with an offset and refuses the whole body when it cannot. A time \
              without an offset would mean another moment on every machine. The year 1 and the year 1970 are what programs write \
              for a time that was never set.",
        fixing: Fixing::Sometimes(
            "A time with a blank in place of the `T`, or an offset without its colon, is written as OData \
             does. That a time without an offset is in UTC, and that a date means its first moment, are \
             guesses, and unsafe, and so is dropping digits. Other texts do not say which moment they mean.",
        ),
        examples: &[
            Example::fixed(
                Setup::REGISTRATION,
                r#"
{ "sourceCreatedDateTime": "2026-02-15T10:00:00", "sourceLastModifiedDateTime": "2026-02-15 10:00:00Z" }
                           ^^^^^^^^^^^^^^^^^^^^^ error: `sourceCreatedDateTime` is `2026-02-15T10:00:00`, a time without an offset
                                                                                ^^^^^^^^^^^^^^^^^^^^^^ error: `sourceLastModifiedDateTime` is `2026-02-15 10:00:00Z`, which is not a time with an offset
"#,
                r#"
{ "sourceCreatedDateTime": "2026-02-15T10:00:00Z", "sourceLastModifiedDateTime": "2026-02-15T10:00:00Z" }
"#,
            ).shows(&["graph 3.4"]),
            Example::bad(
                Setup::REGISTRATION,
                r#"
{ "sourceCreatedDateTime": "2026-02-15", "sourceLastModifiedDateTime": "2026-02-30T10:00:00Z" }
                           ^^^^^^^^^^^^ error: `sourceCreatedDateTime` is `2026-02-15`, a date without time and offset
                                                                       ^^^^^^^^^^^^^^^^^^^^^^ error: `sourceLastModifiedDateTime` is `2026-02-30T10:00:00Z`, a time that does not exist
"#,
            ),
            Example::bad(
                Setup::graph(Kind::GraphAgentInstance, Mode::Response),
                r#"
{ "createdDateTime": "String (timestamp)", "lastModifiedDateTime": "yesterday" }
                     ^^^^^^^^^^^^^^^^^^^^ error: `createdDateTime` is `String (timestamp)`, which is not a time with an offset
                                                                   ^^^^^^^^^^^ error: `lastModifiedDateTime` is `yesterday`, which is not a time with an offset
"#,
            ).shows(&["graph 4.13", "graph 3.4"]),
            Example::bad(
                Setup::graph(Kind::GraphAgentCollection, Mode::Response),
                r#"
{ "createdDateTime": "2026-02-15T10:00:00.123456789Z", "lastModifiedDateTime": "2026-02-15T11:00:00+02:00" }
                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: `createdDateTime` has 9 digits of a second, of which the service keeps 7
                                                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `lastModifiedDateTime` is earlier than `createdDateTime`
"#,
            )
            .shows(&["graph 3.4"]),
            Example::fixed(
                Setup::REGISTRATION,
                r#"
{ "sourceCreatedDateTime": "2026-02-15 10:00:00+0100", "sourceLastModifiedDateTime": "2026-02-16 10:00" }
                           ^^^^^^^^^^^^^^^^^^^^^^^^^^ error: `sourceCreatedDateTime` is `2026-02-15 10:00:00+0100`, which is not a time with an offset
                                                                                     ^^^^^^^^^^^^^^^^^^ error: `sourceLastModifiedDateTime` is `2026-02-16 10:00`, which is not a time with an offset
"#,
                r#"
{ "sourceCreatedDateTime": "2026-02-15T10:00:00+01:00", "sourceLastModifiedDateTime": "2026-02-16T10:00Z" }
"#,
            ),
            Example::fixed(
                Setup::REGISTRATION,
                r#"
{ "sourceCreatedDateTime": "2026-02-15", "sourceLastModifiedDateTime": "2026-02-15T10:00:00.123456789Z" }
                           ^^^^^^^^^^^^ error: `sourceCreatedDateTime` is `2026-02-15`, a date without time and offset
                                                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: `sourceLastModifiedDateTime` has 9 digits of a second, of which the service keeps 7
"#,
                r#"
{ "sourceCreatedDateTime": "2026-02-15T00:00:00Z", "sourceLastModifiedDateTime": "2026-02-15T10:00:00.1234567Z" }
"#,
            ),
            Example::bad(
                Setup::REGISTRATION,
                r#"
{ "sourceCreatedDateTime": "0000-01-01T00:00:00Z", "sourceLastModifiedDateTime": "2062-09-01T08:00:00Z" }
                           ^^^^^^^^^^^^^^^^^^^^^^ warning: `sourceCreatedDateTime` is `0000-01-01T00:00:00Z`, in the year 0, which .NET does not have
                                                                                 ^^^^^^^^^^^^^^^^^^^^^^ note: `sourceLastModifiedDateTime` is `2062-09-01T08:00:00Z`, decades in the future
"#,
            ).shows(&["graph 4.45"]),
            Example::bad(
                Setup::graph(Kind::GraphAgentInstance, Mode::Response),
                r#"
{ "createdDateTime": "1970-01-01T00:00:00Z", "lastModifiedDateTime": "0001-01-01T00:00:00Z" }
                     ^^^^^^^^^^^^^^^^^^^^^^ note: `createdDateTime` is `1970-01-01T00:00:00Z`, long before there were agents
                                                                     ^^^^^^^^^^^^^^^^^^^^^^ note: `lastModifiedDateTime` is `0001-01-01T00:00:00Z`, which stands for a time that was never set
"#,
            ).shows(&["graph 4.45"]),
            Example::good(
                Setup::REGISTRATION,
                r#"
{ "sourceCreatedDateTime": "", "sourceLastModifiedDateTime": null }
"#,
            ),
            Example::good(
                Setup::REGISTRATION,
                r#"
{ "sourceCreatedDateTime": "2026-02-15T10:00:00.1234567Z", "sourceLastModifiedDateTime": "2026-02-15T12:00:01+02:00" }
"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

/// How many digits .NET keeps behind the point.
const KEPT: usize = 7;

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    for entity in agent.entities() {
        let [created, changed] = entity.time_names().map(|name| time(&entity, name));
        let read = |found: Option<(Node<'_>, &str)>, report: &mut Report<'_>| {
            found.and_then(|(node, name)| moment(node, name, report))
        };
        let (made, modified) = (read(created, report), read(changed, report));
        if let (Some(made), Some(modified), Some((first, made_name)), Some((last, name))) =
            (made, modified, created, changed)
            && modified.is_before(&made)
        {
            report
                .at(last.whole(), format!("`{name}` is earlier than `{made_name}`"))
                .severity(Severity::Warning)
                .help("check which of the two is right")
                .related(first.whole(), "made at this time");
        }
    }
}

/// The member, with the template of the documentation in it as well: a time is the one thing that it cannot be.
fn time<'d>(entity: &Entity<'d>, name: &'static str) -> Option<(Node<'d>, &'static str)> {
    let node = entity.value.raw(name).filter(|node| node.is_string())?;
    let is_ours = entity.value.get(name).is_some() || entity.value.is_template(node);
    is_ours.then_some((node, name))
}

fn moment(node: Node<'_>, name: &str, report: &mut Report<'_>) -> Option<Moment> {
    let text = node.string()?;
    let flaw = match Moment::read(&text) {
        Ok(moment) => {
            if let Some((message, severity)) = far_off(&text, name) {
                report.at(node.whole(), message).severity(severity).help("write the time that is meant");
                return None;
            }
            if moment.digits() > KEPT {
                let digits = moment.digits();
                let message =
                    format!("`{name}` has {digits} digits of a second, of which the service keeps {KEPT}");
                let found = report
                    .at(node.whole(), message)
                    .severity(Severity::Note)
                    .help("round it to seven digits");
                if let Some(short) = shortened(&text, digits) {
                    found.replace(Safety::Unsafe, format!("write `{short}`"), node.span(), json(&short));
                }
            }
            return Some(moment);
        }
        Err(flaw) => flaw,
    };
    let shown = quoted(&text);
    let message = match flaw {
        MomentFlaw::Form => format!("`{name}` is {shown}, which is not a time with an offset"),
        MomentFlaw::DateOnly => format!("`{name}` is {shown}, a date without time and offset"),
        MomentFlaw::NoOffset => format!("`{name}` is {shown}, a time without an offset"),
        MomentFlaw::NoSuchTime => format!("`{name}` is {shown}, a time that does not exist"),
    };
    let found = report.at(node.whole(), message).help("write it like `2026-02-15T10:00:00Z`");
    if let Some((meant, safety)) = meant(&text) {
        found.replace(safety, format!("write `{meant}`"), node.span(), json(&meant));
    }
    None
}

/// The years in which agents may have been made. There is no clock to compare with, so that the same text always gives the
/// same findings.
const YEARS: std::ops::RangeInclusive<u16> = 1990..=2049;

/// What is said of a time that is read, but so far from the present that nobody means it.
fn far_off(text: &str, name: &str) -> Option<(String, Severity)> {
    let year: u16 = text.get(..4)?.parse().ok()?;
    let shown = quoted(text);
    match year {
        0 => {
            Some((format!("`{name}` is {shown}, in the year 0, which .NET does not have"), Severity::Warning))
        }
        1 => {
            Some((format!("`{name}` is {shown}, which stands for a time that was never set"), Severity::Note))
        }
        year if year < *YEARS.start() => {
            Some((format!("`{name}` is {shown}, long before there were agents"), Severity::Note))
        }
        year if year > *YEARS.end() => {
            Some((format!("`{name}` is {shown}, decades in the future"), Severity::Note))
        }
        _ => None,
    }
}

/// The moment that `text` means, as OData writes it. That it is in UTC, or the first one of a day, is a guess.
fn meant(text: &str) -> Option<(String, Safety)> {
    let mut written = text.trim().replacen(' ', "T", 1);
    let colon = written.len().saturating_sub(2);
    let tail = written.get(written.len().saturating_sub(5)..).unwrap_or_default();
    if tail.starts_with(['+', '-']) && tail[1..].bytes().all(|byte| byte.is_ascii_digit()) {
        written.insert(colon, ':');
    }
    let guess = match Moment::read(&written) {
        Ok(_) => return Some((written, Safety::Safe)),
        Err(MomentFlaw::NoOffset) => format!("{written}Z"),
        Err(MomentFlaw::DateOnly) => format!("{written}T00:00:00Z"),
        Err(MomentFlaw::Form | MomentFlaw::NoSuchTime) => return None,
    };
    Moment::read(&guess).is_ok().then_some((guess, Safety::Unsafe))
}

/// `text` with as many of its `digits` of a second as are kept.
fn shortened(text: &str, digits: usize) -> Option<String> {
    let point = text.find('.')? + 1;
    Some(format!("{}{}", text.get(..point + KEPT)?, text.get(point + digits..)?))
}
