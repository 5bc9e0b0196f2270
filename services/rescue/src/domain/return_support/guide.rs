//! The guide 办事指南.

use yiwang_casework::guide::Guide;

/// The guide.
pub(super) fn guide() -> Guide {
    Guide {
        summary: "受助人员返乡以后，户籍地乡镇（街道）接收，落实救助和监护，定期回访，防止再次流浪。",
        audience: "救助管理站送回的由系统转来；其他返乡的，乡镇（街道）、县级民政局登记。",
        conditions: vec!["已经查明身份，返回户籍地。"],
        legal_basis: vec![
            ("民发〔2020〕14号", "返乡人员的回归稳固"),
            ("社会救助暂行办法（国务院令第649号）", "各项社会救助"),
        ],
        materials: vec![],
        steps: vec![
            ("接收", "户籍地乡镇（街道）", "按本地规定"),
            ("评估需求、制定计划", "乡镇（街道）", "按本地规定"),
            ("回访", "乡镇（街道）", "返乡后1、3、6、12个月，按本地规定"),
            ("认定稳固", "乡镇（街道）", "各次回访以后"),
        ],
        legal_time_limit: "按本地规定。",
        promised_time_limit: "3个工作日内接收",
        fee: "不收费",
        result: "生活稳定；又外出流浪的，找到以后重新帮扶。",
        appeal: crate::domain::desk::APPEAL,
        at_counter: true,
        appointment: "",
    }
}
