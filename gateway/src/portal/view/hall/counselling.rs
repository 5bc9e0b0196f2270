//! Counselling 婚姻家庭辅导 at a hall: who comes, and that it was held. Nothing of what was said.

use askama::Template;
use yiwang_proto::marriage::v1 as pb;

use crate::portal::view::{Chrome, Trouble, book::wire_time};

/// Code and label of the topics that may be named.
pub(crate) const TOPICS: [(&str, &str); 6] = [
    ("adaptation", "婚前准备和夫妻相处"),
    ("conflict", "矛盾和冲突"),
    ("parenting", "子女抚养和教育"),
    ("property", "财产和经济"),
    ("psychological", "心理疏导"),
    ("other", "其他"),
];

/// A session in the list of the day.
pub(crate) struct Session {
    /// 09:00
    pub(crate) time: String,
    pub(crate) way: &'static str,
    pub(crate) who: String,
    pub(crate) state: &'static str,
    pub(crate) class: &'static str,
    pub(crate) topic: &'static str,
    pub(crate) number: String,
}

impl Session {
    /// An appointment for counselling.
    pub(crate) fn of(appointment: &pb::Appointment) -> Self {
        let (state, class) = match appointment.state.as_str() {
            "booked" => ("已预约", ""),
            "arrived" => ("已进行", "live"),
            "cancelled" => ("已取消", "shut"),
            _ => ("没有进行", "shut"),
        };
        let topic = TOPICS.iter().find(|(code, _)| *code == appointment.topic);
        let who = appointment.visitors.iter();
        let who: Vec<_> = who.map(|visitor| visitor.name.as_str()).collect();
        Self {
            time: appointment.starts_at.get(11..16).unwrap_or("").to_owned(),
            way: match appointment.by_phone {
                true => "打电话",
                false => "到场",
            },
            who: who.join("、"),
            state,
            class,
            topic: topic.map_or("", |(_, label)| label),
            number: appointment.number.clone(),
        }
    }
}

/// One session, to call the person or to note that it was held.
#[derive(Template)]
#[template(path = "hall/counselling.html")]
pub(crate) struct CounsellingPage {
    pub(crate) chrome: Chrome,
    pub(crate) problems: Vec<Trouble>,
    pub(crate) csrf: String,
    pub(crate) key: String,
    pub(crate) back: String,
    pub(crate) time: String,
    pub(crate) phone: String,
    pub(crate) session: Session,
    /// It can be noted; otherwise it is done.
    pub(crate) open: bool,
    /// `yes`, `no` or nothing yet.
    pub(crate) held: String,
    /// Code of the topic.
    pub(crate) topic: String,
    pub(crate) topics: &'static [(&'static str, &'static str)],
}

impl CounsellingPage {
    /// The page of an appointment, nothing typed yet.
    pub(crate) fn new(chrome: Chrome, csrf: String, key: String, found: &pb::Appointment) -> Self {
        let session = Session::of(found);
        Self {
            chrome,
            problems: vec![],
            csrf,
            key,
            back: crate::portal::view::chrome::query(
                "/hall",
                &[
                    ("hall", &found.hall),
                    ("day", found.starts_at.get(..10).unwrap_or("")),
                ],
            ),
            time: wire_time(&found.starts_at),
            phone: found.phone.clone(),
            open: found.state == "booked" || (found.state == "no_show" && found.topic.is_empty()),
            session,
            held: String::new(),
            topic: String::new(),
            topics: &TOPICS,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_says_how_and_whether_it_was_held() {
        let booked = pb::Appointment {
            starts_at: "2026-05-20T09:00".into(),
            state: "booked".into(),
            by_phone: true,
            ..Default::default()
        };
        let session = Session::of(&booked);
        assert_eq!((session.way, session.state), ("打电话", "已预约"));
        let held = pb::Appointment {
            state: "arrived".into(),
            by_phone: false,
            topic: "parenting".into(),
            ..booked
        };
        let session = Session::of(&held);
        assert_eq!(
            (session.way, session.state, session.topic),
            ("到场", "已进行", "子女抚养和教育")
        );
    }
}
