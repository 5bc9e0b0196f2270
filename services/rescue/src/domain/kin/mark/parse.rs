//! Free text to marks.

use super::{Mark, Part, Side, kind, part};
use crate::domain::kin::text::chars::tidy;

/// All marks of a text without the clothes; none when only clothes are described.
pub fn read(text: &str) -> Vec<Mark> {
    let text = tidy(text);
    phrases(&text)
        .into_iter()
        .filter(|p| !is_clothes(p))
        .map(|p| mark(&p))
        .collect()
}

/// Splits at punctuation outside of brackets: 纹身(左肩膀,虎头) is one phrase.
fn phrases(text: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut depth = 0_u32;
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let ends = depth == 0 && ",;。.、".contains(c);
        match out.last_mut() {
            Some(last) if !ends => last.push(c),
            _ => out.push(String::new()),
        }
    }
    out.retain(|p| p.chars().count() >= 2);
    out
}

fn is_clothes(phrase: &str) -> bool {
    [
        "身穿", "穿着", "上穿", "下穿", "脚穿", "身着", "头戴", "戴着", "外套", "裤子", "鞋",
    ]
    .iter()
    .any(|w| phrase.contains(w))
}

fn mark(phrase: &str) -> Mark {
    let kind = kind::find(phrase);
    let side = match (
        phrase.contains('左'),
        phrase.contains('右'),
        kind::has_side(kind),
    ) {
        (true, false, true) => Side::Left,
        (false, true, true) => Side::Right,
        _ => Side::Unknown,
    };
    let part = if kind::has_part(kind) {
        part::find(phrase)
    } else {
        Part::Whole
    };
    Mark {
        kind,
        fine: kind::fine(kind, phrase),
        part,
        side,
        text: phrase.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Kind, Part, Side};
    use super::read;

    #[test]
    fn reads_marks_as_concepts() {
        let marks =
            read("左手畸形,纹身(左肩膀,虎头);右边眉角刀伤疤痕。上身穿红色短袖,下身穿绿色短裤");
        let said: Vec<_> = marks
            .iter()
            .map(|m| (m.kind, m.part, m.side, m.fine))
            .collect();
        assert_eq!(
            said,
            [
                (Kind::HandDeformed, Part::Whole, Side::Left, 0),
                (Kind::Tattoo, Part::Shoulder, Side::Left, 11),
                (Kind::Scar, Part::Brow, Side::Right, 2),
            ]
        );
        assert_eq!(read("无名指(右手)缺失")[0].part, Part::Ring);
        assert_eq!(read("左脚脖子处有一道小黑痣")[0].part, Part::Ankle);
        assert_eq!(read("后脑勺有伤痕")[0].part, Part::Occiput);
    }
}
