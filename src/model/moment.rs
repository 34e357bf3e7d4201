//! Moments as Microsoft Graph writes them: `Edm.DateTimeOffset`.

/// A moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// Seconds since the year 1, in UTC.
    seconds: i64,
    /// The digits behind the point.
    fraction: String,
}

/// Why a text is no `Edm.DateTimeOffset`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MomentFlaw {
    /// It has another form.
    Form,
    /// A date without a time.
    DateOnly,
    /// No offset from UTC.
    NoOffset,
    /// A number is out of its range: the day of the month, the hour and so on.
    NoSuchTime,
}

impl Moment {
    /// Reads `2026-02-15T10:00:00.1234567Z` and the like: seconds may be left out, and any number of digits may follow
    /// their point.
    pub fn read(text: &str) -> Result<Self, MomentFlaw> {
        let (date, rest) = text.split_at_checked(10).ok_or(MomentFlaw::Form)?;
        let [year, month, day] = numbers(date, "0000-00-00").ok_or(MomentFlaw::Form)?;
        if rest.is_empty() {
            return Err(MomentFlaw::DateOnly);
        }
        let rest = rest.strip_prefix(['T', 't']).ok_or(MomentFlaw::Form)?;
        let (clock, rest) = rest.split_at_checked(5).ok_or(MomentFlaw::Form)?;
        let [hour, minute, _] = numbers(clock, "00:00").ok_or(MomentFlaw::Form)?;
        let (second, fraction, rest) = seconds(rest)?;
        let offset = offset(rest)?;
        let exists = (1..=12).contains(&month)
            && (1..=days_in(year, month)).contains(&day)
            && hour < 24
            && minute < 60
            && second < 60;
        if !exists {
            return Err(MomentFlaw::NoSuchTime);
        }
        let minutes = (day_number(year, month, day) * 24 + hour) * 60 + minute - offset;
        Ok(Self { seconds: minutes * 60 + second, fraction: fraction.to_owned() })
    }

    /// How many digits stand behind the point.
    pub fn digits(&self) -> usize {
        self.fraction.len()
    }

    /// Whether it is earlier than `other`, as far as the coarser of the two can tell: a writer that keeps whole seconds
    /// does not go back in time.
    pub fn is_before(&self, other: &Self) -> bool {
        let shared = self.fraction.len().min(other.fraction.len());
        (self.seconds, &self.fraction[..shared]) < (other.seconds, &other.fraction[..shared])
    }
}

/// The numbers in `text`, which has digits where `form` has `0` and the same characters elsewhere.
fn numbers(text: &str, form: &str) -> Option<[i64; 3]> {
    let fits = text.len() == form.len()
        && text.bytes().zip(form.bytes()).all(|(byte, wanted)| match wanted {
            b'0' => byte.is_ascii_digit(),
            other => byte == other,
        });
    let mut numbers = [0; 3];
    for (number, digits) in numbers.iter_mut().zip(text.split(['-', ':']).filter(|_| fits)) {
        *number = digits.parse().ok()?;
    }
    fits.then_some(numbers)
}

/// The seconds and the digits of their fraction, and what follows.
fn seconds(text: &str) -> Result<(i64, &str, &str), MomentFlaw> {
    let Some(rest) = text.strip_prefix(':') else { return Ok((0, "", text)) };
    let (digits, rest) = rest.split_at_checked(2).ok_or(MomentFlaw::Form)?;
    let [second, ..] = numbers(digits, "00").ok_or(MomentFlaw::Form)?;
    let Some(rest) = rest.strip_prefix('.') else { return Ok((second, "", rest)) };
    let end = rest.find(|char: char| !char.is_ascii_digit()).unwrap_or(rest.len());
    if end == 0 { Err(MomentFlaw::Form) } else { Ok((second, &rest[..end], &rest[end..])) }
}

/// The minutes that the local time is ahead of UTC.
fn offset(text: &str) -> Result<i64, MomentFlaw> {
    let (sign, hours) = match text.as_bytes() {
        [] => return Err(MomentFlaw::NoOffset),
        [b'Z' | b'z'] => return Ok(0),
        [b'+', ..] => (1, &text[1..]),
        [b'-', ..] => (-1, &text[1..]),
        _ => return Err(MomentFlaw::Form),
    };
    let [hour, minute, _] = numbers(hours, "00:00").ok_or(MomentFlaw::Form)?;
    // No place on earth is further from UTC, and .NET refuses more.
    let minutes = hour * 60 + minute;
    if minute < 60 && minutes <= 14 * 60 { Ok(sign * minutes) } else { Err(MomentFlaw::NoSuchTime) }
}

fn days_in(year: i64, month: i64) -> i64 {
    let is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The number of the day, counted from the day before the year 1.
fn day_number(year: i64, month: i64, day: i64) -> i64 {
    let before = year - 1;
    let leaps = before.div_euclid(4) - before.div_euclid(100) + before.div_euclid(400);
    let months: i64 = (1..month).map(|month| days_in(year, month)).sum();
    before * 365 + leaps + months + day
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_as_odata_writes_them() {
        for text in [
            "2025-01-01T00:00:00.1234567Z",
            "2026-02-15T10:00:00Z",
            "2026-02-15T10:00Z",
            "2024-02-29t23:59:59.5+14:00",
            "0001-01-01T00:00:00-00:00",
        ] {
            assert!(Moment::read(text).is_ok(), "{text}");
        }
        let faulty = [
            ("2026-02-15", MomentFlaw::DateOnly),
            ("2026-02-15T10:00:00", MomentFlaw::NoOffset),
            ("2026-02-15 10:00:00Z", MomentFlaw::Form),
            ("2026-02-15T10:00:00+0200", MomentFlaw::Form),
            ("2026-02-15T10:00:00.Z", MomentFlaw::Form),
            ("2026-2-15T10:00:00Z", MomentFlaw::Form),
            ("1771149600", MomentFlaw::Form),
            ("", MomentFlaw::Form),
            ("2026-02-30T10:00:00Z", MomentFlaw::NoSuchTime),
            ("2026-02-15T24:00:00Z", MomentFlaw::NoSuchTime),
            ("2026-02-15T10:00:00+15:00", MomentFlaw::NoSuchTime),
        ];
        for (text, flaw) in faulty {
            assert_eq!(Moment::read(text), Err(flaw), "{text}");
        }
    }

    #[test]
    fn moments_are_compared_in_utc() {
        let ascending = [
            "2025-12-31T23:30:00.01Z",
            "2026-01-01T00:30:00.1+01:00",
            "2026-03-01T00:00:00Z",
            "2027-01-01T00:00:00Z",
        ]
        .map(|text| Moment::read(text).unwrap());
        assert!(ascending.is_sorted_by(Moment::is_before), "{ascending:?}");
        let [one, other] = ["2026-01-01T00:00:00.50Z", "2025-12-31T19:00:00.5-05:00"]
            .map(|text| Moment::read(text).unwrap());
        assert!(!one.is_before(&other) && !other.is_before(&one));
        let coarse = Moment::read("2026-01-01T00:00:00Z").unwrap();
        assert!(!coarse.is_before(&one) && !one.is_before(&coarse));
    }
}
