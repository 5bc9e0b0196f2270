//! The guide 办事指南.

use jiff::civil::Date;
use yiwang_casework::guide::{Guide, MaterialSpec, Standard};
use yiwang_civic::params::RuleBook;

use crate::domain::desk::guide::{self, asked, issued, shared};

/// What is brought along, shared and issued.
const MATERIALS: &[MaterialSpec] = &[
    asked(
        "paper",
        "公安机关的证明、司法建议书、检察建议书或者生效裁判",
        "四者之一，由出具机关送交或者当事人交来。",
    ),
    shared("record", "婚姻登记档案"),
    issued("revocation", "撤销婚姻登记决定书"),
];

/// The guide.
pub(super) fn guide() -> Guide {
    Guide {
        summary: "以冒名顶替或者弄虚作假的方式办理的婚姻登记，凭有关机关的文书撤销。",
        audience: "婚姻登记被他人冒名顶替、弄虚作假办理的当事人。",
        conditions: vec![
            "有公安机关的证明、人民法院的司法建议书、人民检察院的检察建议书或者人民法院的生效裁判之一。",
            "只有一方当事人的陈述，不能撤销。",
        ],
        legal_basis: vec![
            (
                "关于妥善处理以冒名顶替或者弄虚作假的方式办理婚姻登记问题的指导意见（2021年11月18日）",
                "撤销婚姻登记",
            ),
            ("婚姻登记条例（国务院令第804号）", "失信名单"),
        ],
        materials: MATERIALS.to_vec(),
        steps: vec![
            ("接收文书", "婚姻登记员", "当日"),
            ("审核", "婚姻登记机关工作人员", "核对文书、事实与原登记"),
            ("审批", "婚姻登记机关负责人", "由另一名负责人决定"),
        ],
        legal_time_limit: "收到文书后及时审核决定。",
        promised_time_limit: "及时办理",
        fee: "不收费",
        result: "撤销婚姻登记决定书；证件作废，信息备注，弄虚作假的列入失信名单。",
        appeal: "对决定不服的，可以依法申请行政复议或者提起行政诉讼。",
        at_counter: true,
        appointment: "",
    }
}

/// Standards in force.
pub(super) fn standards(rules: &RuleBook, division: &str, day: Date) -> Vec<Standard> {
    const SHOWN: &[(&str, &str, &str)] = &[("失信名单在册年限", "marriage.dishonesty.years", "年")];
    guide::standards(SHOWN, rules, division, day)
}
