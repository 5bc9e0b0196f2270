//! What anybody may do for a child, without an account.

use askama::Template;
use yiwang_proto::child::v1 as pb;

use crate::portal::view::{Chrome, Trouble, format::iso_day};

/// Nobody is a child for longer.
pub(crate) const OLDEST: i32 = 17;

/// Where “快速离开” leads: a page that anybody may be reading.
const ELSEWHERE: &str = "https://www.weather.com.cn/";

/// Who tells, by code.
const KINDS: [(&str, &str); 9] = [
    ("child", "我就是这个孩子"),
    ("relative", "亲戚"),
    ("neighbour", "邻居、路过的人"),
    ("school", "学校、幼儿园"),
    ("hospital", "医院、诊所"),
    ("village", "村（居）委会"),
    ("hotel", "旅馆、宾馆"),
    ("organ", "国家机关"),
    ("other", "其他"),
];

/// The nine situations in which units must report, by code (《关于建立侵害未成年人案件强制
/// 报告制度的意见（试行）》四).
const GROUNDS: [(&str, &str); 9] = [
    ("1", "私密部位受伤或者异常"),
    ("2", "不满14岁的女孩怀孕、流产，或者疑似受到性侵害"),
    ("3", "14岁以上的女孩疑似因为受到性侵害怀孕、流产"),
    (
        "4",
        "多处受伤、严重营养不良、昏迷，疑似被打、被欺凌、被灌药",
    ),
    ("5", "因为自杀、自残、工伤、中毒、被打等，伤残或者死亡"),
    ("6", "被遗弃，或者长时间没有人照看"),
    ("7", "来历不明、失踪，或者疑似被拐卖"),
    ("8", "被组织乞讨"),
    ("9", "其他严重伤害或者马上要发生的危险"),
];

/// Whom to call, where to tell.
#[derive(Template)]
#[template(path = "child/help.html")]
pub(crate) struct HelpPage {
    pub(crate) chrome: Chrome,
}

/// What somebody has typed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Word {
    /// `yes`, `no`; empty: not said.
    pub(crate) danger: String,
    pub(crate) happened: String,
    pub(crate) county: String,
    pub(crate) place: String,
    pub(crate) grounds: Vec<String>,
    pub(crate) child_name: String,
    pub(crate) child_age: String,
    pub(crate) kind: String,
    pub(crate) name: String,
    pub(crate) phone: String,
    pub(crate) unit: String,
}

impl Word {
    /// The box of a field of the form or of the contract.
    pub(crate) fn has(field: &str) -> Option<&'static str> {
        let own = [
            "happened",
            "county",
            "place",
            "child_name",
            "child_age",
            "name",
            "phone",
            "unit",
        ];
        match field {
            "division" => Some("county"),
            "reporter_name" => Some("name"),
            "reporter_phone" => Some("phone"),
            field => own.into_iter().find(|known| *known == field),
        }
    }

    fn of(&self, ground: &str) -> bool {
        self.grounds.iter().any(|one| one == ground)
    }
}

/// The form.
#[derive(Template)]
#[template(path = "child/report.html")]
pub(crate) struct ReportPage {
    pub(crate) chrome: Chrome,
    pub(crate) problems: Vec<Trouble>,
    pub(crate) csrf: String,
    pub(crate) key: String,
    pub(crate) word: Word,
}

impl ReportPage {
    /// The sentence at a box that must be mended; empty when it need not.
    fn wrong(&self, id: &str) -> &str {
        let here = format!("#{id}");
        let found = self.problems.iter().find(|one| one.href == here);
        found.map_or("", |one| &one.text)
    }
}

/// What happens now; the code is shown here and never again.
#[derive(Template)]
#[template(path = "child/reported.html")]
pub(crate) struct DonePage {
    pub(crate) chrome: Chrome,
    pub(crate) danger: bool,
    pub(crate) receipt: pb::ReportReceipt,
}

/// How far it is, in one word.
#[derive(Template)]
#[template(path = "child/receipt.html")]
pub(crate) struct ReceiptPage {
    pub(crate) chrome: Chrome,
    pub(crate) problems: Vec<Trouble>,
    pub(crate) csrf: String,
    pub(crate) asked: pb::GetReceiptRequest,
    pub(crate) state: Option<pb::ReceiptState>,
}

/// Notices for the birth parents of found children.
#[derive(Template)]
#[template(path = "child/notices.html")]
pub(crate) struct NoticesPage {
    pub(crate) chrome: Chrome,
    pub(crate) place: String,
    pub(crate) told: String,
    pub(crate) notices: Vec<pb::SearchNotice>,
    pub(crate) next: String,
}

/// 女孩 or 男孩.
pub(crate) fn sex(code: &str) -> &'static str {
    match code {
        "female" => "女孩",
        "male" => "男孩",
        _ => "孩子",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_of_the_contract_stands_at_its_box() {
        assert_eq!(Word::has("reporter_phone"), Some("phone"));
        assert_eq!(Word::has("division"), Some("county"));
        assert_eq!(Word::has("idempotency_key"), None);
    }
}
