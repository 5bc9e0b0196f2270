//! Own drafts, cases and messages.

use askama::Template;
use jiff::civil::Date;
use yiwang_proto::{casework::v1 as pb, marriage::v1::Record};

use super::{
    Chrome,
    format::{self, DueView},
    public::DraftLink,
};

/// Own drafts, cases and messages.
#[derive(Template)]
#[template(path = "mine.html")]
pub(crate) struct Mine {
    pub(crate) chrome: Chrome,
    pub(crate) told: &'static str,
    pub(crate) csrf: String,
    pub(crate) drafts: Vec<DraftLink>,
    pub(crate) cases: Vec<CaseLink>,
    pub(crate) next: String,
    pub(crate) marriages: Vec<Marriage>,
    /// What follows from them for the reader; empty when nothing does.
    pub(crate) marital: &'static str,
    pub(crate) unread: i64,
    pub(crate) messages: Vec<Message>,
}

/// A case in the list.
pub(crate) struct CaseLink {
    pub(crate) number: String,
    pub(crate) title: String,
    pub(crate) state: String,
    pub(crate) explanation: String,
    pub(crate) closed: bool,
    pub(crate) asks_me: bool,
    pub(crate) submitted: String,
    pub(crate) due: String,
}

/// An own marriage record in plain words.
pub(crate) struct Marriage {
    pub(crate) number: String,
    pub(crate) valid: bool,
    pub(crate) state: String,
    pub(crate) text: String,
}

impl Marriage {
    /// A record of the register.
    pub(crate) fn of(record: &Record) -> Self {
        let names = record.names.join("、");
        let registered = format::iso_day(&record.registered_on);
        let place = match record.hall_name.as_str() {
            "" => String::new(),
            hall => format!("在{hall}"),
        };
        let ended = format::iso_day(&record.ended_on);
        let now = match record.state.as_str() {
            "valid" => "婚姻关系有效。".to_owned(),
            "divorced" => format!("{ended}登记离婚，婚姻关系已经解除。"),
            "divorced_court" => format!("经法院判决或者调解离婚，婚姻关系从{ended}起解除。"),
            "ended_death" => format!("因一方去世，婚姻关系在{ended}终止。"),
            "ended_declared" => format!("因一方被宣告死亡，婚姻关系在{ended}终止。"),
            "void" => "法院已确认这段婚姻无效，自始没有法律约束力。".to_owned(),
            "annulled" => "法院已撤销这段婚姻，自始没有法律约束力。".to_owned(),
            "revoked" => "这次婚姻登记已被撤销。".to_owned(),
            _ => format!("{}。", record.state_label),
        };
        Self {
            number: record.number.clone(),
            valid: record.state == "valid",
            state: record.state_label.clone(),
            text: format!("{names}，{registered}{place}登记结婚。{now}"),
        }
    }
}

/// The marital status that follows from one's own records (services/marriage/src/domain/status.rs);
/// empty without any that took effect.
pub(crate) fn marital(records: &[Record]) -> &'static str {
    if records.iter().any(|record| record.state == "valid") {
        return "已婚";
    }
    let took_effect = |record: &&Record| !["void", "annulled", "revoked"].contains(&&*record.state);
    let ended = records.iter().filter(took_effect);
    // Days as YYYY-MM-DD sort as they follow each other.
    match ended.max_by_key(|record| &record.ended_on) {
        None => "",
        Some(record) if record.state.starts_with("ended_") => "丧偶",
        Some(_) => "离婚",
    }
}

/// A message.
pub(crate) struct Message {
    /// Where it is about: address and what it is called.
    pub(crate) link: (String, &'static str),
    pub(crate) text: String,
    pub(crate) at: String,
    pub(crate) unread: bool,
}

impl CaseLink {
    /// A case as its applicant sees it in a list.
    pub(crate) fn of(case: &pb::Case, today: Date) -> Self {
        let due = case.due.as_ref().map(|clock| DueView::of(clock, today));
        let due = due.map_or_else(String::new, |due| match due.label.is_empty() {
            true => format!("最晚{}办完", due.day),
            false => format!("{}：最晚{}", due.label, due.day),
        });
        Self {
            number: case.number.clone(),
            title: case.item_title.clone(),
            state: case.state_label.clone(),
            explanation: case.explanation.clone(),
            closed: case.closed,
            asks_me: !case.missing.is_empty() || case.waiting_for == "申请人",
            submitted: format::wire_day(case.submitted_at.as_ref()),
            due,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_told_in_plain_words() {
        let record = Record {
            state: "divorced".into(),
            names: vec!["何山".into(), "马小燕".into()],
            registered_on: "2025-05-20".into(),
            ended_on: "2025-10-10".into(),
            hall_name: "咸安区婚姻登记处".into(),
            ..Default::default()
        };
        let told = Marriage::of(&record);
        assert_eq!(
            told.text,
            "何山、马小燕，2025年5月20日在咸安区婚姻登记处登记结婚。\
             2025年10月10日登记离婚，婚姻关系已经解除。"
        );
        assert!(!told.valid);
    }

    #[test]
    fn the_last_end_says_what_one_is_now() {
        let record = |state: &str, ended: &str| Record {
            state: state.into(),
            ended_on: ended.into(),
            ..Default::default()
        };
        let divorced = record("divorced", "2020-10-10");
        let widowed = record("ended_death", "2026-05-12");
        assert_eq!(marital(&[]), "");
        assert_eq!(marital(&[record("void", "2026-06-01")]), "");
        assert_eq!(marital(&[widowed.clone(), divorced.clone()]), "丧偶");
        assert_eq!(marital(std::slice::from_ref(&divorced)), "离婚");
        assert_eq!(marital(&[divorced, record("valid", "")]), "已婚");
    }
}
