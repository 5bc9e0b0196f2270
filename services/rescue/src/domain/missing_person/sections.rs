//! The case as officers and family read it.

use yiwang_casework::{Case, guide::Section};

use super::MissingPerson;

/// All blocks.
pub(super) fn sections(case: &Case<MissingPerson>) -> Vec<Section> {
    let facts = &case.facts;
    let mut blocks = Vec::new();
    if let Some(matched) = &facts.matched {
        blocks.push(
            Section::new("人找到了")
                .row("在哪里", matched.station.clone())
                .row("电话（24小时）", matched.phone.clone()),
        );
    }
    if !facts.clues.is_empty() {
        let mut block = Section::new("补充的线索");
        for clue in &facts.clues {
            let parts = [
                ("其他叫法", &clue.names),
                ("身体特征", &clue.marks),
                ("身体和精神状况", &clue.condition),
                ("口音、方言", &clue.dialect),
                ("最后一次见到", &clue.last_seen_on),
                ("其他", &clue.other),
            ];
            for (title, text) in parts {
                if !text.trim().is_empty() {
                    block = block.row(title, text.trim().to_owned());
                }
            }
        }
        blocks.push(block);
    }
    if !facts.ended.is_empty() {
        blocks.push(Section::new("结果").row("怎样找到的", facts.ended.clone()));
    }
    blocks
}
