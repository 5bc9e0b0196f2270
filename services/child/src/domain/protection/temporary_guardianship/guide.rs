//! The guide 办事指南.

use yiwang_casework::guide::Guide;

/// The guide.
pub(super) fn guide() -> Guide {
    Guide {
        summary: "儿童暂时没有人能监护的，由民政部门临时监护，安排好住处和照护人。",
        audience: "县级民政部门。",
        conditions: vec!["符合未成年人保护法第九十二条规定的情形。"],
        legal_basis: vec![
            ("中华人民共和国未成年人保护法", "第九十二条、第九十三条"),
            ("中华人民共和国民法典", "第二十七条、第三十一条"),
        ],
        materials: vec![],
        steps: vec![
            ("决定临时监护", "县级民政部门", "立即"),
            ("交接、安置", "救助保护机构、亲属、寄养家庭", "按本地规定"),
            ("评估监护人", "三人以上", "按本地规定"),
            ("送回、其他监护人、长期监护", "县级民政部门", "评估以后"),
        ],
        legal_time_limit: "没有规定最长时间；约一年提醒。",
        promised_time_limit: "按本地规定。",
        fee: "不收费",
        result: "儿童每时每刻有负责的照护人。",
        appeal: crate::domain::desk::APPEAL,
        at_counter: true,
        appointment: "",
    }
}
