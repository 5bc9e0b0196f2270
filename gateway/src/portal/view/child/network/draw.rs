//! Boxes and lines of the picture.

use std::fmt::Write as _;

use super::{
    Node,
    place::{Spot, gap},
};
use crate::portal::view::charts::escape;

/// A line of the picture between two nodes.
pub(super) struct Tie {
    pub(super) a: usize,
    pub(super) b: usize,
    pub(super) words: Vec<String>,
    pub(super) harm: bool,
}

impl Tie {
    fn ends(&self, spots: &[Spot]) -> Option<[(f64, f64); 2]> {
        gap(spots.get(self.a)?, spots.get(self.b)?)
    }

    /// The line.
    pub(super) fn line(&self, spots: &[Spot], svg: &mut String) {
        if let Some([(x1, y1), (x2, y2)]) = self.ends(spots) {
            let class = if self.harm { "tie harm" } else { "tie" };
            let _ = write!(
                svg,
                r#"<line class="{class}" x1="{x1:.0}" y1="{y1:.0}" x2="{x2:.0}" y2="{y2:.0}"/>"#
            );
        }
    }

    /// Its words, over everything else.
    pub(super) fn label(&self, spots: &[Spot], svg: &mut String) {
        let Some([(x1, y1), (x2, y2)]) = self.ends(spots) else {
            return;
        };
        let mut words = self.words.join("、");
        if self.harm {
            words.push_str("（伤害）");
        }
        let words = short(&words, MAX_TIE);
        if words.is_empty() {
            return;
        }
        let (x, y) = (f64::midpoint(x1, x2), f64::midpoint(y1, y2));
        let wide = count(&words) * 14.0 + 10.0;
        let _ = write!(
            svg,
            r#"<rect class="paper" x="{:.0}" y="{:.0}" width="{wide:.0}" height="22" rx="4"/><text class="tie-words" x="{x:.0}" y="{:.0}">{}</text>"#,
            x - wide / 2.0,
            y - 11.0,
            y + 5.0,
            escape(&words)
        );
    }
}

/// Longest words on a line.
const MAX_TIE: usize = 9;
/// Longest line of a name and of a note in a box.
const NAME: usize = 9;
const NOTE: usize = 11;

/// A line of a box.
pub(super) struct Text {
    class: &'static str,
    words: String,
    tall: f64,
}

/// What stands in the box of a node.
pub(super) fn text(node: &Node) -> Vec<Text> {
    let line = |class, tall| move |words| Text { class, words, tall };
    let mut lines: Vec<Text> = vec![];
    lines.extend(
        wrapped(&node.label, NAME)
            .into_iter()
            .map(line("who", 22.0)),
    );
    lines.extend(
        wrapped(&node.note, NOTE)
            .into_iter()
            .map(line("note", 18.0)),
    );
    let mark = node.mark.words();
    if !mark.is_empty() {
        lines.push(line("mark", 19.0)(format!("！{mark}")));
    }
    lines
}

/// How tall its box is.
pub(super) fn height(lines: &[Text]) -> f64 {
    lines.iter().map(|line| line.tall).sum::<f64>() + 18.0
}

/// The box.
pub(super) fn draw(node: &Node, lines: &[Text], spot: &Spot, svg: &mut String) {
    let (left, top) = (spot.x - spot.wide / 2.0, spot.y - spot.tall / 2.0);
    let mut drawn = format!(
        r#"<rect class="who {}" x="{left:.0}" y="{top:.0}" width="{:.0}" height="{:.0}" rx="8"/>"#,
        node.mark.class(),
        spot.wide,
        spot.tall
    );
    let mut y = top + 9.0;
    for line in lines {
        y += line.tall;
        let _ = write!(
            drawn,
            r#"<text class="{}" x="{:.0}" y="{:.0}">{}</text>"#,
            line.class,
            spot.x,
            y - 5.0,
            escape(&line.words)
        );
    }
    let _ = match node.href.as_str() {
        "" => write!(svg, "{drawn}"),
        href => write!(
            svg,
            r#"<a href="{}" tabindex="-1">{drawn}</a>"#,
            escape(href)
        ),
    };
}

/// At most two lines; what is longer stands in the list.
fn wrapped(text: &str, long: usize) -> Vec<String> {
    let letters: Vec<char> = text.trim().chars().collect();
    if letters.is_empty() {
        return vec![];
    }
    let (first, rest) = letters.split_at(letters.len().min(long));
    let mut lines = vec![first.iter().collect()];
    if !rest.is_empty() {
        lines.push(short(&rest.iter().collect::<String>(), long));
    }
    lines
}

fn short(text: &str, long: usize) -> String {
    match text.char_indices().nth(long) {
        Some(_) => {
            let kept: String = text.chars().take(long.saturating_sub(1)).collect();
            format!("{kept}…")
        }
        None => text.to_owned(),
    }
}

fn count(text: &str) -> f64 {
    u16::try_from(text.chars().count()).map_or(0.0, f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_are_cut() {
        assert_eq!(short("强制隔离戒毒", 4), "强制隔…");
        assert_eq!(wrapped("咸安区温泉街道中心小学三年级", 9).len(), 2);
    }
}
