//! Protocol versions as they are written in documents.

use crate::kind::Version;

/// What the root `protocolVersion` of a card with a 0.x half says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RootVersion {
    /// A release of 0.x.
    Released,
    /// A release without its last number, which is given in full.
    Short(&'static str),
    /// A patch of a known minor that was never released; the release of the minor is given where there is one.
    UnreleasedPatch(Option<&'static str>),
    /// A minor of 0.x that does not exist.
    UnreleasedMinor,
    /// 1.0 or later.
    Modern,
    /// A version with a `v` or white space around it; the release meant is given.
    Decorated(String),
    /// No version.
    Malformed,
}

/// What the `protocolVersion` of an entry of `supportedInterfaces` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InterfaceVersion {
    /// Major and minor of a release.
    Released,
    /// A release with a patch number; without it, it is the text given.
    Patched(String),
    /// Numbers that no release has.
    Unreleased,
    /// No version in the form `Major.Minor`; the one meant is given where it can be told.
    Malformed(Option<String>),
}

/// The numbers of `text`, from one to three, with dots between.
pub fn numbers(text: &str) -> Option<Vec<u32>> {
    let is_number =
        |part: &str| (1..=9).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Option<Vec<u32>> =
        text.split('.').take(4).map(|part| part.parse().ok().filter(|_| is_number(part))).collect();
    parts.filter(|parts| parts.len() <= 3)
}

/// The text without a `v` before and white space around it.
fn bare(text: &str) -> &str {
    let trimmed = text.trim();
    trimmed.strip_prefix(['v', 'V']).unwrap_or(trimmed)
}

impl RootVersion {
    /// What `text` says.
    pub fn of(text: &str) -> Self {
        if Version::ALL.iter().any(|version| version.name() == text && *version != Version::V1_0) {
            return Self::Released;
        }
        let bare = bare(text);
        let meant = match numbers(bare).as_deref() {
            None => return Self::Malformed,
            Some([major, ..]) if *major >= 1 => return Self::Modern,
            Some(numbers) => Self::of_old(bare, numbers),
        };
        if bare == text {
            return meant;
        }
        match meant {
            Self::Released => Self::Decorated(bare.to_owned()),
            Self::Short(full) => Self::Decorated(full.to_owned()),
            other => other,
        }
    }

    fn of_old(text: &str, numbers: &[u32]) -> Self {
        if Version::ALL.iter().any(|version| version.name() == text) {
            return Self::Released;
        }
        match numbers {
            [0, 1] => Self::Short(Version::V0_1_0.name()),
            [0, 3] => Self::Short(Version::V0_3_0.name()),
            [0, 1, _] => Self::UnreleasedPatch(Some(Version::V0_1_0.name())),
            [0, 3, _] => Self::UnreleasedPatch(Some(Version::V0_3_0.name())),
            [0, 2] | [0, 2, _] => Self::UnreleasedPatch(None),
            [0] => Self::Malformed,
            _ => Self::UnreleasedMinor,
        }
    }
}

impl InterfaceVersion {
    /// What `text` says.
    pub fn of(text: &str) -> Self {
        if matches!(text, "1.0" | "0.3") {
            return Self::Released;
        }
        match numbers(text).as_deref() {
            Some([major, minor]) if is_released(*major, *minor) => Self::Released,
            Some([major, minor, _]) if is_released(*major, *minor) => {
                Self::Patched(format!("{major}.{minor}"))
            }
            Some([_, _, ..]) => Self::Unreleased,
            _ => Self::Malformed(meant(text)),
        }
    }
}

/// The released version that `text` means, though it is not written as one.
fn meant(text: &str) -> Option<String> {
    let numbers = numbers(bare(text))?;
    let (major, minor) = (*numbers.first()?, numbers.get(1).copied().unwrap_or(0));
    is_released(major, minor).then(|| format!("{major}.{minor}"))
}

fn is_released(major: u32, minor: u32) -> bool {
    matches!((major, minor), (0, 1..=3) | (1, 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn root_versions_are_told_apart() {
        for text in ["0.1.0", "0.2.0", "0.2.6", "0.3.0"] {
            assert_eq!(RootVersion::of(text), RootVersion::Released, "{text}");
        }
        assert_eq!(RootVersion::of("0.3"), RootVersion::Short("0.3.0"));
        assert_eq!(RootVersion::of("0.2.9"), RootVersion::UnreleasedPatch(None));
        assert_eq!(RootVersion::of("0.3.1"), RootVersion::UnreleasedPatch(Some("0.3.0")));
        assert_eq!(RootVersion::of("0.4.0"), RootVersion::UnreleasedMinor);
        for text in ["1.0", "1", "1.0.0", "v1.0", "2.0"] {
            assert_eq!(RootVersion::of(text), RootVersion::Modern, "{text}");
        }
        assert_eq!(RootVersion::of("v0.3"), RootVersion::Decorated("0.3.0".to_owned()));
        for text in ["", "latest", "0", "2025-06-18", "0.3.0-rc", "0.3.0.1", "0..3", "{{ version }}"] {
            assert_eq!(RootVersion::of(text), RootVersion::Malformed, "{text}");
        }
    }

    #[test]
    fn interface_versions_are_told_apart() {
        for text in ["1.0", "0.3", "0.2"] {
            assert_eq!(InterfaceVersion::of(text), InterfaceVersion::Released, "{text}");
        }
        assert_eq!(InterfaceVersion::of("1.0.1"), InterfaceVersion::Patched("1.0".to_owned()));
        for text in ["1.2", "2.0", "1.2.0"] {
            assert_eq!(InterfaceVersion::of(text), InterfaceVersion::Unreleased, "{text}");
        }
        for text in ["v1.0", "1", " 1.0", "V1", "v1.0.0"] {
            assert_eq!(
                InterfaceVersion::of(text),
                InterfaceVersion::Malformed(Some("1.0".to_owned())),
                "{text}"
            );
        }
        for text in ["", "latest", "2025-06-18", "1.0-rc", "2"] {
            assert_eq!(InterfaceVersion::of(text), InterfaceVersion::Malformed(None), "{text}");
        }
    }
}
