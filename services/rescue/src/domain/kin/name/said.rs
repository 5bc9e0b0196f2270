//! A name as told: full, part, surname with 某 or 先生, nickname.

use super::Name;
use crate::domain::kin::text::chars::{is_han, tidy};

/// A told name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaidName {
    /// As told, tidied.
    pub text: String,
    /// What the form says about it.
    pub form: Form,
    /// Read as a full name.
    pub name: Name,
}

/// Form of a told name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Nothing marks it as other than a name or a part of one.
    Plain,
    /// Only the surname: 姓姜, 张某, 刘女士.
    Surname(char),
    /// Around one character of the name: 小丹, 阿荣, 武子, 琳琳; or a childhood name that has nothing to do with it.
    Nick(char),
}

const TITLES: [&str; 13] = [
    "某某", "某", "先生", "女士", "师傅", "大爷", "大妈", "大娘", "大叔", "大姐", "大哥", "奶奶",
    "爷爷",
];
const BEFORE: [char; 5] = ['小', '阿', '老', '大', '尕'];
const AFTER: [char; 8] = ['子', '儿', '娃', '仔', '妹', '哥', '伢', '崽'];

impl SaidName {
    /// Reads a told name; none when it holds no Chinese character.
    pub fn read(text: &str) -> Option<Self> {
        let text = tidy(text);
        let bare = ["我叫", "名叫", "叫"]
            .iter()
            .filter_map(|p| text.strip_prefix(p))
            .find(|r| !r.is_empty())
            .unwrap_or(&text);
        let name = Name::read(bare);
        let form = form(bare, &name.chars);
        (!name.chars.is_empty()).then(|| Self {
            text: bare.to_owned(),
            form,
            name,
        })
    }
}

fn form(text: &str, chars: &[char]) -> Form {
    if let Some(c) = text
        .strip_prefix('姓')
        .and_then(|r| r.chars().find(|c| is_han(*c)))
    {
        return Form::Surname(c);
    }
    let titled = TITLES
        .iter()
        .filter_map(|t| text.strip_suffix(t))
        .find(|r| (1..=2).contains(&r.chars().count()));
    if let Some(c) = titled.and_then(|r| r.chars().next()) {
        return Form::Surname(c);
    }
    match chars {
        [a, b] if a == b => Form::Nick(*a),
        [a, b] if BEFORE.contains(a) => Form::Nick(*b),
        [a, b] if AFTER.contains(b) => Form::Nick(*a),
        _ => Form::Plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_forms() {
        let form = |t| SaidName::read(t).map(|s| s.form);
        assert_eq!(form("张某"), Some(Form::Surname('张')));
        assert_eq!(form("姓姜"), Some(Form::Surname('姜')));
        assert_eq!(form("小丹"), Some(Form::Nick('丹')));
        assert_eq!(form("琳琳"), Some(Form::Nick('琳')));
        assert_eq!(form("朱国贵"), Some(Form::Plain));
    }
}
