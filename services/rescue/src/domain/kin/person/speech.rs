//! Dialects and accents as regions where they are spoken.

use crate::domain::kin::place::{Code, gazetteer::GAZETTEER};

/// A group of dialects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names say it")]
#[repr(u8)]
pub enum Group {
    Northeast,
    Jilu,
    Jiaoliao,
    Central,
    Lanyin,
    Southwest,
    Jianghuai,
    Jin,
    Wu,
    Gan,
    Xiang,
    Min,
    Yue,
    Hakka,
    Tibetan,
    Uyghur,
    Mongol,
    Yi,
}

use Group::*;

/// Groups by the first four digits of a code; the province's own (two digits) where nothing closer stands.
const HOME: &[(u32, Group)] = &[
    (11, Jilu),
    (12, Jilu),
    (13, Jilu),
    (1308, Northeast),
    (1304, Jilu),
    (14, Jin),
    (1408, Central),
    (1410, Central),
    (15, Jin),
    (1504, Northeast),
    (1505, Northeast),
    (1507, Northeast),
    (1522, Northeast),
    (1525, Mongol),
    (1529, Lanyin),
    (1503, Lanyin),
    (21, Northeast),
    (2102, Jiaoliao),
    (2106, Jiaoliao),
    (22, Northeast),
    (23, Northeast),
    (31, Wu),
    (32, Jianghuai),
    (3202, Wu),
    (3204, Wu),
    (3205, Wu),
    (3203, Central),
    (3213, Central),
    (3207, Central),
    (33, Wu),
    (34, Jianghuai),
    (3412, Central),
    (3413, Central),
    (3416, Central),
    (3406, Central),
    (3410, Wu),
    (3418, Wu),
    (35, Min),
    (3508, Hakka),
    (36, Gan),
    (3607, Hakka),
    (37, Jilu),
    (3702, Jiaoliao),
    (3706, Jiaoliao),
    (3707, Jiaoliao),
    (3710, Jiaoliao),
    (3704, Central),
    (3708, Central),
    (3713, Central),
    (3717, Central),
    (41, Central),
    (42, Southwest),
    (4209, Jianghuai),
    (4211, Jianghuai),
    (43, Xiang),
    (4307, Southwest),
    (4308, Southwest),
    (4310, Southwest),
    (4311, Southwest),
    (4312, Southwest),
    (4331, Southwest),
    (44, Yue),
    (4402, Hakka),
    (4414, Hakka),
    (4416, Hakka),
    (4405, Min),
    (4415, Min),
    (4451, Min),
    (4452, Min),
    (45, Yue),
    (4502, Southwest),
    (4503, Southwest),
    (4510, Southwest),
    (4511, Southwest),
    (4512, Southwest),
    (4513, Southwest),
    (46, Min),
    (50, Southwest),
    (51, Southwest),
    (5132, Tibetan),
    (5133, Tibetan),
    (5134, Yi),
    (52, Southwest),
    (53, Southwest),
    (5334, Tibetan),
    (54, Tibetan),
    (61, Central),
    (6107, Southwest),
    (6109, Southwest),
    (6106, Jin),
    (6108, Jin),
    (62, Lanyin),
    (6205, Central),
    (6208, Central),
    (6210, Central),
    (6212, Central),
    (6230, Tibetan),
    (63, Central),
    (6325, Tibetan),
    (6326, Tibetan),
    (6327, Tibetan),
    (6323, Tibetan),
    (6322, Tibetan),
    (64, Lanyin),
    (65, Uyghur),
    (6501, Lanyin),
    (6502, Lanyin),
    (6523, Lanyin),
    (6505, Lanyin),
    (6542, Lanyin),
    (6590, Lanyin),
];

/// The group spoken at home.
pub fn at(code: Code) -> Option<Group> {
    let by = |prefix: u32| HOME.iter().find(|(p, _)| *p == prefix).map(|(_, g)| *g);
    by(code / 100)
        .filter(|_| !(code / 100).is_multiple_of(100))
        .or_else(|| by(code / 10_000))
}

/// Where an accent or dialect is at home: groups and provinces.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Region {
    /// Groups that may be meant.
    pub groups: Vec<Group>,
    /// Provinces named.
    pub provinces: Vec<u32>,
}

const NORTH: &[Group] = &[Northeast, Jilu, Jiaoliao, Central, Lanyin, Jin, Mongol];
const SOUTH: &[Group] = &[Southwest, Jianghuai, Wu, Gan, Xiang, Min, Yue, Hakka];

type Rule = (&'static str, &'static [Group], &'static [u32]);

/// Every word that a text holds adds its region; broad words stand last and count only alone.
const WORDS: &[Rule] = &[
    ("东北", &[Northeast], &[21, 22, 23]),
    ("辽宁", &[Northeast, Jiaoliao], &[21]),
    ("吉林", &[Northeast], &[22]),
    ("黑龙江", &[Northeast], &[23]),
    ("河北", &[Jilu], &[13]),
    ("北京", &[Jilu], &[11]),
    ("天津", &[Jilu], &[12]),
    ("山东", &[Jilu, Jiaoliao], &[37]),
    ("胶东", &[Jiaoliao], &[37]),
    ("胶辽", &[Jiaoliao], &[]),
    ("冀鲁", &[Jilu], &[]),
    ("河南", &[Central], &[41]),
    ("中原", &[Central], &[41]),
    ("陕西", &[Central], &[61]),
    ("山西", &[Jin], &[14]),
    ("晋", &[Jin], &[14]),
    ("内蒙", &[Jin, Mongol], &[15]),
    ("蒙语", &[Mongol], &[15]),
    ("蒙古", &[Mongol, Jin], &[15]),
    ("西北", &[Lanyin, Central], &[61, 62, 63, 64, 65]),
    ("甘肃", &[Lanyin], &[62]),
    ("宁夏", &[Lanyin], &[64]),
    ("青海", &[Central], &[63]),
    ("新疆", &[Lanyin, Uyghur], &[65]),
    ("兰银", &[Lanyin], &[]),
    ("四川", &[Southwest], &[51]),
    ("重庆", &[Southwest], &[50]),
    ("云贵川", &[Southwest], &[51, 52, 53]),
    ("贵州", &[Southwest], &[52]),
    ("云南", &[Southwest], &[53]),
    ("湖北", &[Southwest, Jianghuai], &[42]),
    ("两湖", &[Southwest, Xiang], &[42, 43]),
    ("湖南", &[Xiang, Southwest], &[43]),
    ("湘", &[Xiang], &[43]),
    ("江西", &[Gan, Hakka], &[36]),
    ("赣", &[Gan], &[36]),
    ("安徽", &[Jianghuai, Central], &[34]),
    ("江淮", &[Jianghuai], &[]),
    ("苏北", &[Jianghuai], &[32]),
    ("江苏", &[Jianghuai, Wu], &[32]),
    ("江浙", &[Wu], &[31, 32, 33]),
    ("浙江", &[Wu], &[33]),
    ("上海", &[Wu], &[31]),
    ("吴语", &[Wu], &[]),
    ("福建", &[Min, Hakka], &[35]),
    ("闽", &[Min], &[]),
    ("潮汕", &[Min], &[]),
    ("海南", &[Min], &[46]),
    ("广东", &[Yue, Hakka], &[44]),
    ("粤", &[Yue], &[44]),
    ("白话", &[Yue], &[44, 45]),
    ("两广", &[Yue, Hakka], &[44, 45]),
    ("广西", &[Yue, Southwest], &[45]),
    ("客家", &[Hakka], &[]),
    ("西藏", &[Tibetan], &[54]),
    ("藏", &[Tibetan], &[54]),
    ("维吾尔", &[Uyghur], &[65]),
    ("彝", &[Yi], &[]),
    ("西部", &[Tibetan, Uyghur, Lanyin], &[]),
    ("汉语", &[Tibetan, Uyghur, Mongol, Yi], &[]),
    ("听不懂", &[Min, Wu, Yue, Hakka], &[]),
    ("西南", &[Southwest], &[]),
];

/// Reads an accent or a dialect.
pub fn read(text: &str) -> Option<Region> {
    let mut out = Region::default();
    for (_, groups, provinces) in WORDS
        .iter()
        .filter(|(w, _, _)| text.contains(w) && !(*w == "汉语" && text.contains('藏')))
    {
        out.groups.extend(*groups);
        out.provinces.extend(*provinces);
    }
    if out.groups.is_empty() {
        by_town(text, &mut out);
    }
    if out.groups.is_empty() {
        out.groups.extend(if text.contains("南方") {
            SOUTH
        } else if text.contains("北方") {
            NORTH
        } else {
            &[]
        });
    }
    (!out.groups.is_empty()).then_some(out)
}

/// 周口话: the group at home there.
fn by_town(text: &str, out: &mut Region) {
    let ends = ["本地口音", "一带口音", "口音", "方言", "话", "腔"];
    let Some(town) = ends.iter().find_map(|e| text.strip_suffix(e)) else {
        return;
    };
    for m in GAZETTEER.named(town.trim_start_matches("普通话带")) {
        out.groups.extend(at(m.code));
        out.provinces.push(m.code / 10_000);
    }
}

/// Whether somebody from there may speak so.
pub fn fits(region: &Region, home: Code) -> bool {
    region.provinces.contains(&(home / 10_000))
        || at(home).is_some_and(|g| region.groups.contains(&g))
}
