//! The guide 办事指南.

use jiff::civil::Date;
use yiwang_casework::guide::{Guide, MaterialSpec, Origin, Standard};
use yiwang_civic::params::RuleBook;

use crate::domain::benefit::{self, EcoForm};

/// Photo of the burial.
pub(super) const PHOTO: &str = "burial_photo";

/// What is shared, asked and issued.
const MATERIALS: &[MaterialSpec] = &[
    MaterialSpec {
        code: "cremation_certificate",
        title: "火化证明",
        origin: Origin::Shared,
        required: false,
        hint: "本地火化的联网核对，只填编号。",
    },
    MaterialSpec {
        code: PHOTO,
        title: "安葬现场照片",
        origin: Origin::Asked,
        required: false,
        hint: "安葬在本地公墓、已联网登记的不用传。其他的，拍一张看得出是什么地方的照片，例如拍到树号、船名。",
    },
    MaterialSpec {
        code: "kinship",
        title: "亲属关系证明",
        origin: Origin::Asked,
        required: false,
        hint: "例如户口簿上有两个人姓名的那几页，或者结婚证。查得到的不用传；不知道查不查得到的，先不传，要补会告诉您。",
    },
];

/// Amounts in force here today.
pub(super) fn standards(rules: &RuleBook, division: &str, day: Date) -> Vec<Standard> {
    let amount = |form: &EcoForm| {
        let (fen, param) = benefit::subsidy(rules, division, *form, day).ok()??;
        Some(Standard {
            label: form.label().to_owned(),
            value: format!("{fen}元"),
            source: param.source.clone(),
        })
    };
    EcoForm::ALL.iter().filter_map(amount).collect()
}

/// The guide.
pub(super) fn guide() -> Guide {
    Guide {
        summary: "选择树葬、花坛葬、海葬等生态安葬的，由当地发给一次性奖补。",
        audience: "办理安葬的亲属或者其他经办人。",
        conditions: vec![
            "逝者的骨灰已经生态安葬。",
            "每位逝者全国只奖补一次。",
            "安葬的时间、地点、照片可以核实。",
        ],
        legal_basis: vec![
            ("殡葬管理条例（国务院令第824号）", "鼓励节地生态安葬"),
            ("地方节地生态安葬奖补办法", "金额和方式"),
        ],
        materials: MATERIALS.to_vec(),
        steps: vec![
            ("申请", "经办人，网上或者窗口", "安葬以后"),
            ("核实安葬", "公墓、乡镇（街道）、民政局", "本地登记的当场"),
            ("审核", "县级民政局", "按本地规定"),
            ("公示", "县级民政局", "有规定的地方"),
            ("发放", "财政、代发银行", "审核通过以后"),
        ],
        legal_time_limit: "按本地规定。",
        promised_time_limit: "材料齐全，10个工作日内审核",
        fee: "不收费",
        result: "奖补发到经办人的银行账户。",
        appeal: crate::domain::desk::APPEAL,
        at_counter: false,
        appointment: "",
    }
}
