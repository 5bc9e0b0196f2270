//! Kinds of marks and the words for them.

/// A kind of mark; words for the same thing are one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names say it")]
#[repr(u8)]
pub enum Kind {
    Scar,
    Mole,
    Birthmark,
    Tattoo,
    Finger,
    SixFingers,
    Amputated,
    HandDeformed,
    Lame,
    Hemiplegia,
    Blind,
    Cataract,
    Squint,
    EarNotch,
    EarTag,
    EarHole,
    Deaf,
    Stutter,
    ToothGap,
    FewTeeth,
    Buck,
    Denture,
    GoldTooth,
    SparseTeeth,
    Hunched,
    BowLegs,
    Fat,
    Thin,
    Dark,
    Patches,
    Tremor,
    Dimple,
    Pocked,
    CrookedMouth,
    CleftLip,
    WhiteHair,
    EarlyGrey,
    Bald,
    Goitre,
    Dented,
    Appendix,
    GallBladder,
    Caesarean,
    ChestCut,
    SkullCut,
    Other,
}

use Kind::*;

/// A phrase is the first kind of which it holds all words.
const RULES: &[(&[&str], Kind)] = &[
    (&["纹身"], Tattoo),
    (&["文身"], Tattoo),
    (&["刺青"], Tattoo),
    (&["刺字"], Tattoo),
    (&["纹有"], Tattoo),
    (&["纹着"], Tattoo),
    (&["图案"], Tattoo),
    (&["六指"], SixFingers),
    (&["多指"], SixFingers),
    (&["六个手指"], SixFingers),
    (&["截肢"], Amputated),
    (&["臂缺"], Amputated),
    (&["腿缺"], Amputated),
    (&["断臂"], Amputated),
    (&["指", "残缺"], Finger),
    (&["指", "缺"], Finger),
    (&["指", "断"], Finger),
    (&["指", "少"], Finger),
    (&["断指"], Finger),
    (&["手", "畸形"], HandDeformed),
    (&["手", "蜷"], HandDeformed),
    (&["手", "伸不"], HandDeformed),
    (&["手", "弯曲"], HandDeformed),
    (&["偏瘫"], Hemiplegia),
    (&["手脚不"], Hemiplegia),
    (&["半身"], Hemiplegia),
    (&["跛"], Lame),
    (&["瘸"], Lame),
    (&["腿", "不便"], Lame),
    (&["脚", "残疾"], Lame),
    (&["腿", "残疾"], Lame),
    (&["小儿麻痹"], Lame),
    (&["腿", "萎缩"], Lame),
    (&["钢板"], Lame),
    (&["骨折"], Lame),
    (&["阑尾"], Appendix),
    (&["右下腹"], Appendix),
    (&["胆囊"], GallBladder),
    (&["右上腹"], GallBladder),
    (&["剖"], Caesarean),
    (&["下腹"], Caesarean),
    (&["开胸"], ChestCut),
    (&["胸骨"], ChestCut),
    (&["开颅"], SkullCut),
    (&["头部手术"], SkullCut),
    (&["白内障"], Cataract),
    (&["白膜"], Cataract),
    (&["失明"], Blind),
    (&["看不见"], Blind),
    (&["眼", "坏"], Blind),
    (&["眼", "瞎"], Blind),
    (&["眼", "萎缩"], Blind),
    (&["斜视"], Squint),
    (&["眼", "斜"], Squint),
    (&["斗鸡"], Squint),
    (&["肉赘"], EarTag),
    (&["肉坠"], EarTag),
    (&["副耳"], EarTag),
    (&["拴马"], EarTag),
    (&["耳孔"], EarHole),
    (&["耳洞"], EarHole),
    (&["耳聋"], Deaf),
    (&["听不"], Deaf),
    (&["听力"], Deaf),
    (&["聋"], Deaf),
    (&["哑"], Deaf),
    (&["不会说话"], Deaf),
    (&["耳", "缺"], EarNotch),
    (&["口吃"], Stutter),
    (&["结巴"], Stutter),
    (&["不利索"], Stutter),
    (&["假牙"], Denture),
    (&["镶牙"], Denture),
    (&["金牙"], GoldTooth),
    (&["门牙"], ToothGap),
    (&["龅牙"], Buck),
    (&["牙", "前突"], Buck),
    (&["嘴凸"], Buck),
    (&["暴牙"], Buck),
    (&["牙", "稀"], SparseTeeth),
    (&["牙", "脱落"], FewTeeth),
    (&["没几颗牙"], FewTeeth),
    (&["牙", "掉"], FewTeeth),
    (&["驼"], Hunched),
    (&["弓背"], Hunched),
    (&["罗锅"], Hunched),
    (&["罗圈"], BowLegs),
    (&["O型腿"], BowLegs),
    (&["双腿弯"], BowLegs),
    (&["白癜"], Patches),
    (&["白斑"], Patches),
    (&["手抖"], Tremor),
    (&["震颤"], Tremor),
    (&["酒窝"], Dimple),
    (&["麻脸"], Pocked),
    (&["麻点"], Pocked),
    (&["麻子"], Pocked),
    (&["痘坑"], Pocked),
    (&["歪嘴"], CrookedMouth),
    (&["歪斜"], CrookedMouth),
    (&["面瘫"], CrookedMouth),
    (&["唇裂"], CleftLip),
    (&["兔唇"], CleftLip),
    (&["上唇", "缝合"], CleftLip),
    (&["少白头"], EarlyGrey),
];

const MORE: &[(&[&str], Kind)] = &[
    (&["年轻", "白"], EarlyGrey),
    (&["白发"], WhiteHair),
    (&["花白"], WhiteHair),
    (&["头发白"], WhiteHair),
    (&["秃"], Bald),
    (&["谢顶"], Bald),
    (&["无发"], Bald),
    (&["大脖子"], Goitre),
    (&["甲状腺"], Goitre),
    (&["颈", "肿"], Goitre),
    (&["凹陷"], Dented),
    (&["胎记"], Birthmark),
    (&["胎痣"], Birthmark),
    (&["痣"], Mole),
    (&["疤"], Scar),
    (&["伤"], Scar),
    (&["缝"], Scar),
    (&["刀口"], Scar),
    (&["烫"], Scar),
    (&["胖"], Fat),
    (&["瘦"], Thin),
    (&["皮肤", "黑"], Dark),
    (&["肤色", "黑"], Dark),
    (&["黝黑"], Dark),
];

/// The kind of a phrase.
pub fn find(text: &str) -> Kind {
    let holds = |words: &&[&str]| words.iter().all(|w| text.contains(w));
    RULES
        .iter()
        .chain(MORE)
        .find(|(words, _)| holds(words))
        .map_or(Other, |(_, kind)| *kind)
}

/// Whether the side belongs to the kind.
pub fn has_side(kind: Kind) -> bool {
    !matches!(
        kind,
        Deaf | Stutter
            | ToothGap
            | FewTeeth
            | Buck
            | Denture
            | GoldTooth
            | SparseTeeth
            | Hunched
            | BowLegs
            | Fat
            | Thin
            | Dark
            | Patches
            | Tremor
            | Dimple
            | Pocked
            | CrookedMouth
            | CleftLip
            | WhiteHair
            | EarlyGrey
            | Bald
            | Goitre
            | Appendix
            | GallBladder
            | Caesarean
            | ChestCut
            | SkullCut
            | Squint
            | EarTag
            | EarHole
    )
}

/// Whether the part adds to the kind; elsewhere the kind says where.
pub fn has_part(kind: Kind) -> bool {
    matches!(kind, Scar | Mole | Birthmark | Tattoo | Finger | Other)
}

const FINE: [(&str, u8); 13] = [
    ("烫", 1),
    ("烧", 1),
    ("刀", 2),
    ("缝", 3),
    ("龙", 10),
    ("虎", 11),
    ("蝎", 12),
    ("鹰", 13),
    ("花", 14),
    ("蝴蝶", 15),
    ("字", 16),
    ("爱", 17),
    ("忍", 18),
];
const COLOURS: [(&str, u8); 2] = [("青", 21), ("红", 22)];

/// The finer kind: how a scar was made, what a tattoo shows, the colour of a birthmark.
pub fn fine(kind: Kind, text: &str) -> u8 {
    let table: &[(&str, u8)] = match kind {
        Scar => &FINE[..4],
        Tattoo => &FINE[4..],
        Birthmark => &COLOURS,
        _ => return 0,
    };
    table
        .iter()
        .find(|(w, _)| text.contains(w))
        .map_or(0, |(_, n)| *n)
}
