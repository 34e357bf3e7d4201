//! Days.

use std::fmt;

/// A day of the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// A day, if there is such a one.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            2 => 28 + u8::from(leap),
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => 0,
        };
        (1..=days).contains(&day).then_some(Self { year, month, day })
    }

    /// Reads `YYYY-MM-DD`.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let plain = bytes.len() == 10 && bytes[4] == b'-' && bytes[7] == b'-';
        let number = |range| {
            text.get(range).filter(|part: &&str| part.bytes().all(|byte| byte.is_ascii_digit()))?.parse().ok()
        };
        if !plain {
            return None;
        }
        let (year, month, day): (Option<u16>, _, _) = (number(0..4), number(5..7), number(8..10));
        Self::new(year?, u8::try_from(month?).ok()?, u8::try_from(day?).ok()?)
    }

    /// The day so many days after 1 January 1970.
    pub fn since_1970(days: u64) -> Self {
        // Years are counted from March, so that the odd day of a leap year comes last; 146,097 days are 400 years.
        let days = days + 719_468;
        let of_era = days % 146_097;
        let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        let year = days / 146_097 * 400 + year + u64::from(month <= 2);
        Self { year: u16::try_from(year).unwrap_or(u16::MAX), month: month as u8, day: day as u8 }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_of_the_calendar_are_read() {
        let read = |text| Date::parse(text).map(|date| date.to_string());
        for good in ["2026-11-22", "2024-02-29", "2000-02-29", "0001-01-01"] {
            assert_eq!(read(good).as_deref(), Some(good));
        }
        for bad in
            ["2026-02-29", "1900-02-29", "2026-13-01", "2026-04-31", "2026-1-01", "26-01-01", "2026-01-00"]
        {
            assert_eq!(read(bad), None, "{bad}");
        }
        for bad in ["", "2026/01/01", "+026-01-01", "2026-01-01T00:00:00", "2026-0\u{e9}-1"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }

    #[test]
    fn days_are_counted_from_1970() {
        let day = |days| Date::since_1970(days).to_string();
        assert_eq!(
            [day(0), day(59), day(11_016), day(20_779)],
            ["1970-01-01", "1970-03-01", "2000-02-29", "2026-11-22"]
        );
    }
}
