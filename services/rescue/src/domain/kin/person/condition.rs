//! Illness and disability in a few classes: words for the same thing count as the same.

/// A class of condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Condition {
    /// 正常, 无
    Well,
    /// 老年痴呆, 阿尔茨海默, 糊涂
    Dementia,
    /// 精神障碍
    Mental,
    /// 智力残疾
    Intellectual,
    /// 聋哑
    DeafMute,
    /// 抑郁
    Low,
    /// 癫痫
    Epilepsy,
    /// 酗酒
    Drink,
    /// Anything else.
    Other,
}

use Condition::*;

const WORDS: &[(&str, Condition)] = &[
    ("痴呆", Dementia),
    ("阿尔茨", Dementia),
    ("记忆", Dementia),
    ("糊涂", Dementia),
    ("健忘", Dementia),
    ("失忆", Dementia),
    ("老年", Dementia),
    ("智力", Intellectual),
    ("智障", Intellectual),
    ("弱智", Intellectual),
    ("傻", Intellectual),
    ("脑瘫", Intellectual),
    ("智能", Intellectual),
    ("抑郁", Low),
    ("情绪", Low),
    ("精神", Mental),
    ("疯", Mental),
    ("精分", Mental),
    ("幻", Mental),
    ("聋", DeafMute),
    ("哑", DeafMute),
    ("听力", DeafMute),
    ("言语", DeafMute),
    ("癫", Epilepsy),
    ("抽搐", Epilepsy),
    ("羊角", Epilepsy),
    ("酒", Drink),
    ("正常", Well),
    ("健康", Well),
    ("无", Well),
];

/// Reads a condition.
pub fn read(text: &str) -> Condition {
    WORDS
        .iter()
        .find(|(w, _)| text.contains(w))
        .map_or(Other, |(_, c)| *c)
}

/// All classes in order.
pub const CLASSES: [Condition; COUNT] = [
    Well,
    Dementia,
    Mental,
    Intellectual,
    DeafMute,
    Low,
    Epilepsy,
    Drink,
    Other,
];

/// How many classes there are.
pub const COUNT: usize = 9;
