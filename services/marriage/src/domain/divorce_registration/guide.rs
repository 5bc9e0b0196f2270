//! The guide 办事指南.

use jiff::civil::Date;
use yiwang_casework::guide::{Guide, MaterialSpec, Standard};
use yiwang_civic::params::RuleBook;

use crate::domain::desk::guide::{self, asked, issued, shared};

/// What is brought along, shared and issued.
const MATERIALS: &[MaterialSpec] = &[
    asked(
        "identity_card",
        "双方居民身份证",
        "必须，本人到场出示，当面读取。",
    ),
    asked(
        "marriage_certificate",
        "结婚证",
        "必须；遗失一本的交书面声明，都遗失的再交加盖查档专用章的档案复印件。",
    ),
    asked(
        "agreement",
        "离婚协议书",
        "必须，写明自愿离婚，以及子女抚养、财产和债务的处理。",
    ),
    asked(
        "photos",
        "近期半身免冠单人照片",
        "申领离婚证时交，2寸，张数见办理标准。",
    ),
    shared("identity_check", "身份和婚姻状况信息"),
    issued("divorce_receipt", "离婚登记申请受理回执单"),
    issued("divorce_withdrawal", "撤回离婚登记申请确认单"),
    issued("divorce_certificate", "离婚证"),
];

/// The guide.
pub(super) fn guide() -> Guide {
    Guide {
        summary: "双方自愿离婚，并对子女、财产、债务协商一致的，在任何一个婚姻登记处办理离婚。",
        audience: "在内地或者我国驻外使领馆登记结婚、自愿离婚的夫妻。",
        conditions: vec![
            "双方自愿离婚，并签有书面离婚协议。",
            "对子女抚养、财产和债务处理等事项协商一致。",
            "双方都具有完全民事行为能力。",
            "双方一同到场申请；冷静期满后，双方一同到受理的婚姻登记处申领离婚证。",
        ],
        legal_basis: vec![
            (
                "中华人民共和国民法典",
                "第一千零七十六条至第一千零七十八条，第二百零一条、第二百零三条",
            ),
            ("婚姻登记条例（国务院令第804号）", "离婚登记"),
            (
                "民政部关于贯彻落实民法典中有关婚姻登记规定的通知（民发〔2020〕116号）",
                "离婚登记程序",
            ),
        ],
        materials: MATERIALS.to_vec(),
        steps: vec![
            ("申请", "双方一同到场", "任何一个婚姻登记处，可以先预约"),
            ("受理", "婚姻登记员", "当场，交付受理回执单"),
            (
                "冷静期",
                "任何一方可以单独撤回",
                "日期见回执单，最后一日下班前",
            ),
            (
                "审查、登记、发证",
                "双方一同到受理的婚姻登记处",
                "期限见回执单，当场发给离婚证",
            ),
        ],
        legal_time_limit: "自收到申请的次日起冷静期，期满后的领证期限见办理标准；期间最后一日是休息日的顺延到下一个工作日。",
        promised_time_limit: "受理和登记都当场办结",
        fee: "不收费",
        result: "离婚证和电子离婚证；双方各一份离婚协议。",
        appeal: "对不予受理不服的，可以依法申请行政复议或者提起行政诉讼；也可以向人民法院起诉离婚。",
        at_counter: true,
        appointment: "divorce",
    }
}

/// Label, parameter, unit.
const SHOWN: &[(&str, &str, &str)] = &[
    ("离婚冷静期", "marriage.cooling_off.days", "日"),
    ("申领离婚证期限", "marriage.cooling_off.window", "日"),
    ("单人照片，每人", "marriage.photos.divorce", "张"),
];

/// Standards in force.
pub(super) fn standards(rules: &RuleBook, division: &str, day: Date) -> Vec<Standard> {
    guide::standards(SHOWN, rules, division, day)
}
