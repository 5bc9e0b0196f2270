//! Lines over months: how something went, and how it looked on an earlier day.

use std::fmt::Write;

use super::{WIDTH, escape, open, short};

const HEIGHT: usize = 260;
const TOP: usize = 18;
const FLOOR: usize = 215;
const LEFT: usize = 52;

/// A line through the labels of a picture; nothing where there is no value.
pub(crate) struct Line {
    /// What it is.
    pub(crate) name: String,
    /// It is what was known before: drawn dashed, under the others.
    pub(crate) before: bool,
    /// One value for each label.
    pub(crate) values: Vec<Option<i64>>,
}

/// Shares in ten-thousandths, one line above the other; the axis begins at a whole ten per cent
/// below the lowest and says so.
pub(crate) fn shares(
    title: &str,
    labels: &[String],
    lines: &[Line],
    words: impl Fn(i64) -> String,
) -> String {
    let all = || lines.iter().flat_map(|line| line.values.iter().flatten());
    let low = all()
        .min()
        .map_or(0, |low| (low / 1_000 - 1).max(0) * 1_000);
    let high = all()
        .max()
        .map_or(10_000, |high| (high / 1_000 + 1) * 1_000);
    let axis = Axis {
        low,
        high: high.clamp(low + 1_000, 10_000.max(low + 1_000)),
        slots: labels.len().max(1),
    };
    let mut svg = legend(lines);
    svg.push_str(&open(&told(title, labels, lines, &words), HEIGHT));
    for value in [axis.high, i64::midpoint(axis.low, axis.high), axis.low] {
        let top = axis.y(value);
        let _ = write!(
            svg,
            r#"<line class="grid-line" x1="{LEFT}" x2="{WIDTH}" y1="{top}" y2="{top}"/><text class="axis" x="{x}" y="{y}" text-anchor="end" font-size="13">{value}</text>"#,
            value = escape(&words(value)),
            x = LEFT - 8,
            y = top + 5,
        );
    }
    let every = labels.len().div_ceil(9).max(1);
    for (nth, label) in labels
        .iter()
        .enumerate()
        .filter(|(nth, _)| nth % every == 0)
    {
        let _ = write!(
            svg,
            r#"<text class="axis" x="{x}" y="242" text-anchor="middle" font-size="13">{label}</text>"#,
            x = axis.x(nth),
            label = escape(short(label)),
        );
    }
    for line in lines.iter().filter(|line| line.before) {
        draw(&mut svg, &axis, line, labels, &words);
    }
    for line in lines.iter().filter(|line| !line.before) {
        draw(&mut svg, &axis, line, labels, &words);
    }
    svg.push_str("</svg>");
    svg
}

struct Axis {
    low: i64,
    high: i64,
    slots: usize,
}

impl Axis {
    fn x(&self, nth: usize) -> usize {
        let room = WIDTH - LEFT;
        LEFT + room * nth / self.slots + room / self.slots / 2
    }

    fn y(&self, value: i64) -> usize {
        FLOOR - super::share(value - self.low, self.high - self.low, FLOOR - TOP)
    }
}

fn draw(
    svg: &mut String,
    axis: &Axis,
    line: &Line,
    labels: &[String],
    words: &impl Fn(i64) -> String,
) {
    let class = if line.before { "line before" } else { "line" };
    // A month without a value interrupts the line.
    for part in line
        .values
        .iter()
        .enumerate()
        .collect::<Vec<_>>()
        .split(|(_, value)| value.is_none())
    {
        let points = part.iter().filter_map(|(nth, value)| {
            value.map(|value| format!("{},{}", axis.x(*nth), axis.y(value)))
        });
        let points = points.collect::<Vec<_>>().join(" ");
        if !points.is_empty() {
            let _ = write!(svg, r#"<polyline class="{class}" points="{points}"/>"#);
        }
    }
    for ((nth, value), label) in line.values.iter().enumerate().zip(labels) {
        if let Some(value) = value {
            let _ = write!(
                svg,
                r#"<circle class="{class}" cx="{x}" cy="{y}" r="{r}"><title>{label} {name} {value}</title></circle>"#,
                x = axis.x(nth),
                y = axis.y(*value),
                r = if line.before { 3 } else { 5 },
                label = escape(label),
                name = escape(&line.name),
                value = escape(&words(*value)),
            );
        }
    }
}

/// Which line is which; one alone needs no words.
fn legend(lines: &[Line]) -> String {
    if lines.len() < 2 {
        return String::new();
    }
    let mut list = String::from(r#"<ul class="legend">"#);
    for line in lines {
        let class = if line.before { "line before" } else { "line" };
        let _ = write!(
            list,
            r#"<li><svg class="chart" viewBox="0 0 40 12" aria-hidden="true"><polyline class="{class}" points="0,6 40,6"/></svg>{}</li>"#,
            escape(&line.name)
        );
    }
    list.push_str("</ul>");
    list
}

/// The picture in words: where the latest line begins, ends, and stood highest and lowest.
fn told(title: &str, labels: &[String], lines: &[Line], words: &impl Fn(i64) -> String) -> String {
    let Some(line) = lines.iter().find(|line| !line.before) else {
        return title.to_owned();
    };
    let values = line.values.iter().zip(labels);
    let known = values.filter_map(|(value, label)| Some(((*value)?, label)));
    let known: Vec<_> = known.collect();
    let (Some(first), Some(last)) = (known.first(), known.last()) else {
        return title.to_owned();
    };
    let (low, high) = (known.iter().min(), known.iter().max());
    let say = |one: &(i64, &String)| format!("{}{}", one.1, words(one.0));
    format!(
        "{title}：从{}到{}，最高{}，最低{}",
        say(first),
        say(last),
        high.map(say).unwrap_or_default(),
        low.map(say).unwrap_or_default(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn percent(share: i64) -> String {
        format!("{}%", share / 100)
    }

    #[test]
    fn a_gap_interrupts_the_line_and_the_words_tell_its_course() {
        let labels = ["2026-03", "2026-04", "2026-05"].map(str::to_owned);
        let line = |before, values: [Option<i64>; 3]| Line {
            name: if before { "<以前>" } else { "现在" }.to_owned(),
            before,
            values: values.to_vec(),
        };
        let lines = [
            line(false, [Some(7_000), None, Some(8_200)]),
            line(true, [Some(7_100), Some(7_300), Some(8_300)]),
        ];
        let svg = shares("各月的火化率", &labels, &lines, percent);
        assert_eq!(svg.matches("<polyline").count(), 2 + 1 + 2, "{svg}");
        assert!(svg.contains("从2026-0370%到2026-0582%，最高2026-0582%，最低2026-0370%"));
        assert!(!svg.contains("<以前>") && svg.contains("&lt;以前&gt;"));
        // From sixty to ninety per cent.
        assert!(svg.contains(">90%</text>") && svg.contains(">60%</text>"));
    }

    #[test]
    fn nothing_draws_an_empty_picture() {
        assert!(shares("各月", &[], &[], percent).ends_with("</svg>"));
    }
}
