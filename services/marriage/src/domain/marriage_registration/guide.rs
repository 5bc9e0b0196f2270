//! The guide 办事指南: an ID card each and one signature each; no household book 户口簿 since
//! 2025-05-10 (rules A3.4), no fee (A3.6), any hall in the country (A3.8), on the spot (A2.3).

use yiwang_casework::guide::{Guide, MaterialSpec, Origin};

const MATERIALS: &[MaterialSpec] = &[
    asked(
        "id_card",
        "双方的居民身份证",
        "各带各的原件，登记处当场读卡，不用复印。",
    ),
    asked(
        "declaration",
        "《申请结婚登记声明书》",
        "不用提前准备。登记处打印好，双方在登记员面前签名、按指印。",
    ),
    asked(
        "photo",
        "3张2寸双方近期半身免冠合影照片",
        "两人同框，三张相同，可以提前拍好带来。",
    ),
    if_needed(
        "status_proof",
        "离婚或者丧偶的证明",
        "只有联网核对查不到的才需要：离婚的带离婚证、法院生效裁判文书或者法院离婚证明书；丧偶的带居民死亡医学证明（推断）书和已故配偶的结婚证。",
    ),
    if_needed(
        "non_mainland",
        "港澳台居民、华侨、外国人的证件和无配偶证明",
        "一方不是内地居民的才需要：有效通行证、居住证或者护照，以及经公证、认证的无配偶和没有亲属关系的声明或者证明。请先问清哪个登记处可以办理。",
    ),
    shared(
        "identity",
        "身份信息",
        "向公安人口信息库核对，不需要您开证明。",
    ),
    shared(
        "marital_status",
        "婚姻状况",
        "向全国婚姻基础信息库核对，不需要您开证明。",
    ),
    shared(
        "household_register",
        "户口簿",
        "2025年5月10日起，办理结婚登记不需要户口簿。",
    ),
    issued(
        "marriage_certificate",
        "结婚证",
        "当场发给双方各一本，同时生成电子证照。",
    ),
    issued(
        "refusal",
        "不予办理结婚登记告知书",
        "不符合条件的，当面说明理由并出具。",
    ),
];

const fn asked(code: &'static str, title: &'static str, hint: &'static str) -> MaterialSpec {
    material(code, title, Origin::Asked, true, hint)
}

const fn if_needed(code: &'static str, title: &'static str, hint: &'static str) -> MaterialSpec {
    material(code, title, Origin::Asked, false, hint)
}

const fn shared(code: &'static str, title: &'static str, hint: &'static str) -> MaterialSpec {
    material(code, title, Origin::Shared, false, hint)
}

const fn issued(code: &'static str, title: &'static str, hint: &'static str) -> MaterialSpec {
    material(code, title, Origin::Issued, false, hint)
}

const fn material(
    code: &'static str,
    title: &'static str,
    origin: Origin,
    required: bool,
    hint: &'static str,
) -> MaterialSpec {
    MaterialSpec {
        code,
        title,
        origin,
        required,
        hint,
    }
}

/// The guide.
#[must_use]
pub(super) fn guide() -> Guide {
    Guide {
        summary: "男女双方带身份证，到全国任意一个婚姻登记处，当场登记、当场领证。",
        audience: "自愿结婚的男女双方；以夫妻名义共同生活、没有登记的，可以补办；离婚后恢复婚姻关系的，办理复婚登记。",
        conditions: vec![
            "男女双方完全自愿。",
            "男方年满22周岁，女方年满20周岁。",
            "双方都没有配偶（未婚、离婚或者丧偶）。",
            "双方没有直系血亲和三代以内旁系血亲关系。",
            "双方亲自到场，不能委托他人，也不能视频办理。",
            "一方患有重大疾病的，应当在登记前如实告知另一方；患病不影响登记。",
        ],
        legal_basis: vec![
            (
                "中华人民共和国民法典",
                "第一千零四十二条、第一千零四十六条至第一千零四十九条、第一千零五十三条、第一千零八十三条",
            ),
            ("婚姻登记条例（国务院令第804号）", "2025年5月10日起施行"),
            (
                "最高人民法院关于适用民法典婚姻家庭编的解释（一）（法释〔2020〕22号）",
                "第六条（补办结婚登记的效力）",
            ),
        ],
        materials: MATERIALS.to_vec(),
        steps: vec![
            ("预约", "双方", "可以提前预约，也可以直接来，不预约同样办理"),
            ("到场读卡、联网核对", "双方、婚姻登记员", "当场"),
            ("签署声明", "双方", "当场，在登记员面前签名、按指印"),
            ("审查、登记", "婚姻登记员", "符合条件的当场登记"),
            ("领取结婚证", "双方", "当场，各领一本；可以自愿参加颁证仪式"),
        ],
        legal_time_limit: "符合结婚条件的，当场登记，发给结婚证。",
        promised_time_limit: "当场办结",
        fee: "免费",
        result: "结婚证（双方各一本）和电子证照；不符合条件的，当面说明理由，出具《不予办理结婚登记告知书》。",
        appeal: "对不予登记决定不服的，可以自收到告知书之日起60日内申请行政复议，或者6个月内提起行政诉讼；也可拨打12345反映。",
        at_counter: true,
        appointment: "marriage",
    }
}
