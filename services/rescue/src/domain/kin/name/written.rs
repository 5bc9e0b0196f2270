//! A name as written in a report: surname and given name, or the parts of a name without surname.

use crate::domain::kin::text::chars::{is_han, tidy};

const DOUBLE: [&str; 26] = [
    "欧阳", "司马", "上官", "诸葛", "司徒", "东方", "皇甫", "尉迟", "公孙", "令狐", "慕容", "长孙",
    "夏侯", "宇文", "轩辕", "南宫", "独孤", "端木", "百里", "呼延", "闻人", "澹台", "申屠", "太史",
    "钟离", "淳于",
];

/// A full name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Name {
    /// Characters without dots.
    pub chars: Vec<char>,
    /// How many belong to the surname; 0 for names of peoples without surnames.
    pub surname: usize,
    /// Where a new part begins (after a dot).
    pub breaks: Vec<usize>,
}

impl Name {
    /// Reads a full name.
    pub fn read(text: &str) -> Self {
        let text = tidy(text);
        let mut out = Self::default();
        for c in text.chars() {
            if c == '·' {
                out.breaks.push(out.chars.len());
            } else if is_han(c) {
                out.chars.push(c);
            }
        }
        let double = DOUBLE.iter().any(|d| text.starts_with(d)) && out.chars.len() >= 3;
        out.surname = match out.chars.len() {
            _ if !out.breaks.is_empty() => 0,
            _ if double => 2,
            2 | 3 => 1,
            _ => 0,
        };
        out
    }

    /// The given name, or the whole when there is no surname.
    pub fn given(&self) -> &[char] {
        &self.chars[self.surname.min(self.chars.len())..]
    }

    /// The parts between the dots.
    pub fn parts(&self) -> Vec<&[char]> {
        let mut from = 0;
        let ends = self.breaks.iter().copied().chain([self.chars.len()]);
        ends.map(|end| &self.chars[std::mem::replace(&mut from, end)..end])
            .filter(|p| !p.is_empty())
            .collect()
    }
}
