//! Pictures of counts as SVG, drawn here: no script, no image service.

mod lines;

pub(crate) use lines::{Line, shares};

use std::fmt::Write;

use yiwang_proto::casework::v1 as pb;

const WIDTH: usize = 960;

/// Horizontal bars with label and number in the given order. The words are
/// HTML, so that they keep their size on a phone.
pub(crate) fn bars(counts: &[pb::Count]) -> String {
    bars_as(counts, |count| count.to_string())
}

/// The same with numbers in words of their own.
pub(crate) fn bars_as(counts: &[pb::Count], words: impl Fn(i64) -> String) -> String {
    let most = counts
        .iter()
        .map(|count| count.count)
        .max()
        .unwrap_or(0)
        .max(1);
    bars_in(counts, most, "", words)
}

/// The same of a whole: the rail is all of it. With a goal, a line marks the end of the rail.
pub(crate) fn bars_of(
    counts: &[pb::Count],
    whole: i64,
    goal: bool,
    words: impl Fn(i64) -> String,
) -> String {
    let line = r#"<rect class="goal" x="994" width="6" height="10"/>"#;
    bars_in(counts, whole, if goal { line } else { "" }, words)
}

fn bars_in(counts: &[pb::Count], most: i64, over: &str, words: impl Fn(i64) -> String) -> String {
    let mut list = String::from(r#"<ul class="bars">"#);
    for count in counts {
        let length = share(count.count, most, 1000).min(1000);
        let (label, number) = (escape(&count.label), escape(&words(count.count)));
        let _ = write!(
            list,
            r#"<li><span class="label">{label}</span><svg viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true"><rect class="rail" width="1000" height="10"/><rect class="mark" width="{length}" height="10"/>{over}</svg><span class="count">{number}</span></li>"#,
        );
    }
    list.push_str("</ul>");
    list
}

/// Upright columns over days; labels only where there is room.
pub(crate) fn columns(title: &str, counts: &[pb::Count]) -> String {
    columns_with(
        title,
        counts,
        |count| count.to_string(),
        |count| format!("{count}件"),
    )
}

/// The same with numbers in words of their own.
pub(crate) fn columns_as(
    title: &str,
    counts: &[pb::Count],
    words: impl Fn(i64) -> String,
) -> String {
    columns_with(title, counts, &words, &words)
}

fn columns_with(
    title: &str,
    counts: &[pb::Count],
    axis: impl Fn(i64) -> String,
    words: impl Fn(i64) -> String,
) -> String {
    const HEIGHT: usize = 240;
    const FLOOR: usize = 205;
    const LEFT: usize = 44;
    let most = counts
        .iter()
        .map(|count| count.count)
        .max()
        .unwrap_or(0)
        .max(1);
    let slots = counts.len().max(1);
    let room = WIDTH - LEFT;
    let width = (room / slots).saturating_sub(3).clamp(2, 56);
    let every = slots.div_ceil(10);
    let mut svg = open(title, HEIGHT);
    for (value, top) in [(most, 15), (most / 2, 110), (0, FLOOR)] {
        if value > 0 || top == FLOOR {
            let _ = write!(
                svg,
                r#"<line class="grid-line" x1="{LEFT}" x2="{WIDTH}" y1="{top}" y2="{top}"/><text class="axis" x="{x}" y="{y}" text-anchor="end" font-size="13">{value}</text>"#,
                value = escape(&axis(value)),
                x = LEFT - 8,
                y = top + 5,
            );
        }
    }
    for (index, count) in counts.iter().enumerate() {
        let height = share(count.count, most, FLOOR - 15);
        let left = LEFT + room * index / slots + 2;
        let top = FLOOR - height;
        let _ = write!(
            svg,
            r#"<rect class="mark" x="{left}" y="{top}" width="{width}" height="{height}" rx="2"><title>{label} {number}</title></rect>"#,
            label = escape(&count.label),
            number = escape(&words(count.count)),
        );
        if index % every == 0 {
            let _ = write!(
                svg,
                r#"<text class="axis" x="{x}" y="228" text-anchor="middle" font-size="13">{label}</text>"#,
                x = left + width / 2,
                label = escape(short(&count.label)),
            );
        }
    }
    svg.push_str("</svg>");
    svg
}

fn open(title: &str, height: usize) -> String {
    let title = escape(title);
    format!(
        r#"<svg class="chart" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{title}，数字见下面的数字表"><title>{title}</title>"#
    )
}

/// `2026-05-12` → `5-12`; other labels as they are.
fn short(label: &str) -> &str {
    match label.get(5..) {
        Some(rest) if label.len() == 10 && label.is_ascii() => rest.trim_start_matches('0'),
        _ => label,
    }
}

fn share(part: i64, whole: i64, length: usize) -> usize {
    let part = usize::try_from(part.max(0)).unwrap_or(0);
    let whole = usize::try_from(whole).unwrap_or(1).max(1);
    part * length / whole
}

pub(in crate::portal::view) fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(label: &str, count: i64) -> pb::Count {
        pb::Count {
            key: String::new(),
            label: label.to_owned(),
            count,
        }
    }

    #[test]
    fn labels_cannot_leave_the_picture() {
        let svg = bars(&[count("<script>", 3), count("已受理", 6)]);
        assert!(!svg.contains("<script>") && svg.contains("&lt;script&gt;"));
        assert!(svg.contains(r#"width="500""#), "half of the rail: {svg}");
    }

    #[test]
    fn a_share_is_drawn_of_its_whole_with_the_goal_at_the_end() {
        let svg = bars_of(&[count("竹山县", 2_500)], 10_000, true, |n| {
            n.to_string()
        });
        assert!(svg.contains(r#"class="mark" width="250""#), "{svg}");
        assert!(svg.contains(r#"class="goal" x="994""#));
    }

    #[test]
    fn no_days_and_no_counts_draw_an_empty_picture() {
        assert!(columns("每天", &[]).ends_with("</svg>"));
        assert!(columns("每天", &[count("2026-05-12", 0)]).contains(">5-12<"));
    }
}
