//! The guide 办事指南.

use yiwang_casework::guide::{Guide, MaterialSpec, Origin};

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

const MATERIALS: &[MaterialSpec] = &[
    material(
        "judgment",
        "宣告死亡的判决书",
        Origin::Asked,
        "带生效判决书原件到窗口，当场核对后交还。",
    ),
    material(
        "identity",
        "送交人身份证件",
        Origin::Shown,
        "到窗口出示原件。",
    ),
    material(
        "death_declared",
        "宣告死亡登记告知",
        Origin::Issued,
        "核对登记后出具。",
    ),
];

/// The guide.
pub(super) fn guide() -> Guide {
    Guide {
        summary: "人民法院宣告死亡的判决，在窗口登记一次，婚姻状况、救助等联网更新；本人重新出现、法院撤销的，登记随之撤销。",
        audience: "被宣告死亡人的配偶、父母、子女、其他近亲属和其他利害关系人。",
        conditions: vec![
            "下落不明满四年的；因意外事件下落不明满二年的，有关机关证明不可能生存的不受二年的限制。",
            "人民法院已经判决宣告死亡。本事项只登记判决，不作宣告；要申请宣告的，请到住所地的基层人民法院。",
            "本人重新出现的，本人或者利害关系人申请人民法院撤销死亡宣告，凭撤销判决到窗口登记。",
        ],
        legal_basis: vec![("中华人民共和国民法典", "第四十六条至第五十三条")],
        materials: MATERIALS.to_vec(),
        steps: vec![
            ("录入判决", "窗口", "当场"),
            ("对照原件核对、登记", "另一名工作人员", "当日"),
        ],
        legal_time_limit: "没有规定。",
        promised_time_limit: "当日登记",
        fee: "不收费",
        result: "宣告死亡登记告知；婚姻、救助、户口联网更新。",
        appeal: "对判决有异议的，请向作出判决的人民法院提出；对登记不服的，可以依法申请行政复议或者提起行政诉讼。",
        at_counter: true,
        appointment: "",
    }
}
