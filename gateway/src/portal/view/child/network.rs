//! Who stands around a child, as a picture and as a list of the same words.
//!
//! The child is in the middle. What is wrong is said in words and by the line around the box;
//! colour only helps.

mod draw;
mod place;

use self::{
    draw::{Text, Tie, draw, height, text},
    place::spots,
};

/// How somebody stands to the child.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Mark {
    /// Nothing to say.
    #[default]
    Fine,
    /// To be watched.
    Watch,
    /// Something is wrong.
    Bad,
    /// Nobody is named yet.
    Missing,
}

/// Somebody or something; the first is the child.
#[derive(Debug, Clone, Default)]
pub(crate) struct Node {
    pub(crate) id: String,
    /// Who: 父亲 李*.
    pub(crate) label: String,
    /// What to know of them, one line; may be empty.
    pub(crate) note: String,
    pub(crate) mark: Mark,
    /// Where more stands; empty: nowhere.
    pub(crate) href: String,
}

/// What binds two of them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Edge {
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) words: String,
    /// It harms the child.
    pub(crate) harm: bool,
}

/// The whole.
#[derive(Debug, Clone, Default)]
pub(crate) struct Network {
    pub(crate) nodes: Vec<Node>,
    pub(crate) edges: Vec<Edge>,
}

/// One of the list beside the picture.
pub(crate) struct Line<'a> {
    pub(crate) node: &'a Node,
    /// What binds it: to the child in plain words, to others with their name.
    pub(crate) ties: Vec<String>,
}

impl Mark {
    /// In words; empty when there is nothing to say.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Fine => "",
            Self::Watch => "要留意",
            Self::Bad => "有问题",
            Self::Missing => "还没有确定",
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::Fine => "fine",
            Self::Watch => "watch",
            Self::Bad => "bad",
            Self::Missing => "missing",
        }
    }
}

impl Network {
    /// The picture. [`Self::lines`] says the same, so its links are left out of the keyboard's
    /// way and it is hidden from who listens.
    pub(crate) fn svg(&self) -> String {
        let boxes: Vec<Vec<Text>> = self.nodes.iter().map(text).collect();
        let heights: Vec<f64> = boxes.iter().map(|lines| height(lines)).collect();
        let (spots, width, tall) = spots(&heights);
        let mut svg = format!(
            r#"<svg class="network" viewBox="0 0 {width:.0} {tall:.0}" aria-hidden="true" focusable="false">"#
        );
        let ties = self.ties();
        for tie in &ties {
            tie.line(&spots, &mut svg);
        }
        for ((node, lines), spot) in self.nodes.iter().zip(&boxes).zip(&spots) {
            draw(node, lines, spot, &mut svg);
        }
        for tie in &ties {
            tie.label(&spots, &mut svg);
        }
        svg.push_str("</svg>");
        svg
    }

    /// All but the child, each with what binds it.
    pub(crate) fn lines(&self) -> Vec<Line<'_>> {
        let others = self.nodes.iter().skip(1);
        others
            .map(|node| Line {
                node,
                ties: self.bound(node),
            })
            .collect()
    }

    fn bound(&self, node: &Node) -> Vec<String> {
        let child = self.nodes.first().map_or("", |child| child.id.as_str());
        let its = self.edges.iter().filter_map(|edge| {
            let other = match (edge.from == node.id, edge.to == node.id) {
                (true, false) => &edge.to,
                (false, true) => &edge.from,
                _ => return None,
            };
            let harm = if edge.harm { "（伤害）" } else { "" };
            if other == child {
                return Some(format!("{}{harm}", edge.words));
            }
            let other = self.nodes.iter().find(|one| one.id == *other)?;
            Some(format!("{}{harm}：{}", edge.words, other.label))
        });
        its.collect()
    }

    /// Edges between the same two drawn as one line with all their words.
    fn ties(&self) -> Vec<Tie> {
        let at = |id: &str| self.nodes.iter().position(|node| node.id == id);
        let mut ties: Vec<Tie> = vec![];
        for edge in &self.edges {
            let (Some(a), Some(b)) = (at(&edge.from), at(&edge.to)) else {
                continue;
            };
            let (a, b) = (a.min(b), a.max(b));
            match ties.iter_mut().find(|tie| (tie.a, tie.b) == (a, b)) {
                Some(tie) => {
                    tie.harm |= edge.harm;
                    if !edge.words.is_empty() {
                        tie.words.push(edge.words.clone());
                    }
                }
                None if a != b => ties.push(Tie {
                    a,
                    b,
                    words: vec![edge.words.clone()],
                    harm: edge.harm,
                }),
                None => {}
            }
        }
        ties
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(id: &str, label: &str, mark: Mark) -> Node {
        Node {
            id: id.into(),
            label: label.into(),
            mark,
            ..Node::default()
        }
    }

    fn edge(from: &str, to: &str, words: &str) -> Edge {
        Edge {
            from: from.into(),
            to: to.into(),
            words: words.into(),
            harm: false,
        }
    }

    fn network() -> Network {
        Network {
            nodes: vec![
                node("child", "李*", Mark::Fine),
                node("f", "<父亲>", Mark::Bad),
                node("g", "奶奶", Mark::Watch),
            ],
            edges: vec![
                edge("f", "child", "父亲"),
                edge("child", "f", "外出务工"),
                edge("g", "child", "照护"),
                edge("g", "f", "母子"),
                edge("g", "nobody", "?"),
            ],
        }
    }

    #[test]
    fn the_picture_says_in_words_what_is_wrong_and_holds_no_markup() {
        let svg = network().svg();
        assert!(svg.contains("&lt;父亲&gt;") && svg.contains("有问题"));
        assert!(svg.contains("父亲、外出务工") && svg.contains("要留意"));
        assert_eq!(svg.matches("<line").count(), 3);
    }

    #[test]
    fn the_list_says_the_same() {
        let network = network();
        let lines = network.lines();
        assert_eq!(lines[0].ties, ["父亲", "外出务工", "母子：奶奶"]);
        assert_eq!(lines[1].ties, ["照护", "母子：<父亲>"]);
    }

    #[test]
    fn nobody_around_is_a_picture_too() {
        assert!(Network::default().svg().ends_with("</svg>"));
    }
}
