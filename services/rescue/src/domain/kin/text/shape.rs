//! How a character looks: characters whose strokes are nearly the same are taken for each other in writing.

use std::{collections::HashMap, sync::LazyLock};

/// Stroke classes 1 to 5 in order of writing, for about 7,200 characters.
static STROKES: LazyLock<HashMap<char, &'static [u8]>> = LazyLock::new(|| {
    let lines = include_str!("../data/strokes.tsv").lines();
    lines
        .filter_map(|l| l.chars().next().map(|c| (c, &l.as_bytes()[c.len_utf8()..])))
        .collect()
});

/// Whether one may be taken for the other.
pub fn alike(a: char, b: char) -> bool {
    if a == b {
        return true;
    }
    let (Some(x), Some(y)) = (STROKES.get(&a), STROKES.get(&b)) else {
        return false;
    };
    let longest = x.len().max(y.len());
    if longest > 2 * x.len().min(y.len()) {
        return false;
    }
    distance(x, y) * 4 <= longest.max(8) || (longest >= 6 && common_run(x, y) * 7 >= longest * 4)
}

/// Edit distance.
fn distance(a: &[u8], b: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let next = (diagonal + usize::from(x != y))
                .min(row[j] + 1)
                .min(row[j + 1] + 1);
            diagonal = row[j + 1];
            row[j + 1] = next;
        }
    }
    row[b.len()]
}

/// Longest run of strokes in both.
fn common_run(a: &[u8], b: &[u8]) -> usize {
    let mut best = 0;
    let mut row = vec![0; b.len() + 1];
    for x in a {
        for j in (0..b.len()).rev() {
            row[j + 1] = if *x == b[j] { row[j] + 1 } else { 0 };
            best = best.max(row[j + 1]);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sees_similar_form() {
        for (a, b) in [
            ('浩', '洁'),
            ('择', '泽'),
            ('申', '田'),
            ('季', '李'),
            ('断', '继'),
        ] {
            assert!(alike(a, b), "{a}{b}");
        }
        assert!(!alike('王', '黄'));
    }
}
