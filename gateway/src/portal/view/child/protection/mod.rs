//! Protection of children: what everybody may tell, and the cases that follow.

pub(crate) mod cases;
pub(crate) mod public;
pub(crate) mod reports;
pub(crate) mod workbench;

use yiwang_proto::child::v1 as pb;

use super::super::format;

/// Beijing time or an ISO date in few words: 5月20日 20:00.
pub(crate) fn short(text: &str) -> String {
    let (day, time) = text.split_once('T').unwrap_or((text, ""));
    let words = day
        .parse()
        .map_or_else(|_| day.to_owned(), format::short_day);
    match time {
        "" => words,
        time => format!("{words} {time}"),
    }
}

/// How a clock is coloured.
pub(crate) fn urgency(clock: &pb::ProtectionClock, today: &str) -> &'static str {
    match clock.late {
        true => "late",
        false if clock.due_at.starts_with(today) => "today",
        false => "calm",
    }
}

/// When it must be done, in words.
pub(crate) fn until(clock: &pb::ProtectionClock, today: &str) -> String {
    let short = short(&clock.due_at);
    let at = match clock.due_at.get(..4) {
        // A clock may run for years, until a child is of age.
        Some(year) if !today.starts_with(year) => format!("{year}年{short}"),
        _ => short,
    };
    match urgency(clock, today) {
        "late" => format!("已超期，应在{at}前"),
        "today" => match clock.due_at.split_once('T') {
            Some((_, time)) => format!("今天{time}前"),
            None => "今天".to_owned(),
        },
        _ => format!("{at}前"),
    }
}

/// How grave, as the colour of a mark.
pub(crate) fn grave(level: &str) -> &'static str {
    match level {
        "urgent" => "late",
        "high" => "today",
        _ => "calm",
    }
}

/// 约8岁, or nothing.
pub(crate) fn age(age: &i32) -> String {
    match *age {
        ..0 => String::new(),
        age => format!("{age}岁"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_says_how_near_it_is() {
        let clock = |due_at: &str, late| pb::ProtectionClock {
            due_at: due_at.into(),
            late,
            ..Default::default()
        };
        let today = "2026-05-20";
        let words = |due_at: &str, late| until(&clock(due_at, late), today);
        assert_eq!(words("2026-05-20T20:00", false), "今天20:00前");
        assert_eq!(words("2026-05-21T08:00", false), "5月21日 08:00前");
        assert_eq!(words("2026-05-19", true), "已超期，应在5月19日前");
        assert_eq!(words("2038-10-30", false), "2038年10月30日前");
        assert_eq!(urgency(&clock("2026-05-19", true), today), "late");
    }
}
