//! The guide 办事指南.

use yiwang_casework::guide::{Guide, MaterialSpec, Origin};

/// What is shared, asked and issued.
const MATERIALS: &[MaterialSpec] = &[
    material(
        "cremation_certificate",
        "火化证明",
        Origin::Shared,
        "本地火化的联网核对，只填编号；外地火化的带原件到现场核对。",
    ),
    material(
        "ashes_deposit",
        "骨灰寄存证",
        Origin::Issued,
        "入存时出具，领取时要用。",
    ),
    material(
        "ashes_taken",
        "骨灰领取凭证",
        Origin::Issued,
        "领取时出具。",
    ),
];

const fn material(
    code: &'static str,
    title: &'static str,
    origin: Origin,
    hint: &'static str,
) -> MaterialSpec {
    MaterialSpec {
        code,
        title,
        origin,
        required: false,
        hint,
    }
}

/// The guide.
pub(super) fn guide() -> Guide {
    Guide {
        summary: "火化以后暂时不安放的骨灰，寄存在殡仪馆或者骨灰堂，以后领取、续存或者安放。",
        audience: "逝者的亲属或者其他承办人。",
        conditions: vec!["有火化证明。", "骨灰领取凭身份证件和寄存证。"],
        legal_basis: vec![("殡葬管理条例（国务院令第824号）", "骨灰寄存和定期核查")],
        materials: MATERIALS.to_vec(),
        steps: vec![
            ("网上或者窗口申请", "家属", "当场"),
            ("入存、签合同，两人签名", "寄存单位", "当场"),
            ("到期前60天、30天提醒", "寄存单位", "到期以前"),
            ("续存、领取或者安放", "家属", "到期以前"),
        ],
        legal_time_limit: "没有法定期限。",
        promised_time_limit: "当场办理",
        fee: "按公布的价目表收费；惠民减免和免费期见本地规定。",
        result: "骨灰寄存证。",
        appeal: "对不予办理不服的，可以依法申请行政复议或者提起行政诉讼；对收费有异议的，可以投诉。",
        at_counter: false,
        appointment: "",
    }
}
