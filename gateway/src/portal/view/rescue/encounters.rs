//! People met in the street.

use askama::Template;
use serde_json::{Map, Value};
use yiwang_proto::rescue::v1 as pb;

use super::{
    Chrome, GROUPS, query, sex,
    station::{instant, word},
};
use crate::portal::view::{Trouble, burial_office::Tab, format};

/// What the list is narrowed to.
const WHATS: [(&str, &str); 6] = [
    ("again", "今天以前要再去的"),
    ("conflict", "两部手机写得不一样的"),
    ("open", "还没有结果、愿意到站的"),
    ("answered", "送医、交公安的"),
    ("admitted", "已经到站的"),
    ("closed", "已经结束的"),
];

/// States by code.
const STATES: [(&str, &str); 4] = [
    ("open", "要接着办"),
    ("answered", "已处理"),
    ("admitted", "已到站"),
    ("closed", "已结束"),
];

/// What was written, by field, in the order of the page; place, result and name stand above.
const TITLES: [(&str, &str); 16] = [
    ("sex", "性别"),
    ("looks_age", "看上去年龄"),
    ("groups", "要引导、护送的情形"),
    ("health", "身体状况"),
    ("said", "本人怎么说"),
    ("clothes", "衣着"),
    ("told_policy", "已告知救助政策"),
    ("guided", "已提出引导到站"),
    ("escorted", "已护送到站"),
    ("ambulance", "已拨打120"),
    ("police", "已报警"),
    ("police_record", "交接表、回执编号"),
    ("articles", "发放物品"),
    ("card_left", "已留联系卡"),
    ("note", "备注"),
    ("teller_phone", "反映人的电话"),
];

/// Station and what is looked for.
pub(crate) struct Filter {
    pub(crate) station: String,
    pub(crate) what: String,
}

impl Filter {
    /// Whether the list can be narrowed to this.
    pub(crate) fn knows(what: &str) -> bool {
        WHATS.iter().any(|(known, _)| *known == what)
    }

    /// The page that begins at `cursor`.
    pub(crate) fn link(&self, cursor: &str) -> String {
        let pairs = [
            ("station", self.station.as_str()),
            ("what", &self.what),
            ("cursor", cursor),
        ];
        query("/rescue/encounters", &pairs)
    }
}

/// A page of them.
#[derive(Template)]
#[template(path = "rescue/encounters.html")]
pub(crate) struct EncountersPage {
    pub(crate) chrome: Chrome,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) stations: Vec<pb::Station>,
    pub(crate) station: pb::Station,
    pub(crate) filter: Filter,
    /// ISO.
    pub(crate) today: String,
    pub(crate) encounters: Vec<pb::Encounter>,
    pub(crate) next: String,
}

/// One in full.
#[derive(Template)]
#[template(path = "rescue/encounter.html")]
pub(crate) struct EncounterPage {
    pub(crate) chrome: Chrome,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) told: &'static str,
    pub(crate) problems: Vec<Trouble>,
    pub(crate) csrf: String,
    pub(crate) key: String,
    /// The reader works at the station.
    pub(crate) works: bool,
    /// ISO.
    pub(crate) today: String,
    /// Title and words.
    pub(crate) facts: Vec<(&'static str, String)>,
    /// The visit this one comes back to; empty: none.
    pub(crate) previous: String,
    pub(crate) conflicts: Vec<Clash>,
    pub(crate) one: pb::Encounter,
}

/// What two phones have written differently at one time.
pub(crate) struct Clash {
    pub(crate) id: String,
    pub(crate) by: String,
    pub(crate) at: String,
    pub(crate) fields: Vec<pb::FieldConflict>,
}

impl EncounterPage {
    /// The page of `one`; what was handed out is named by `articles`.
    pub(crate) fn of(chrome: Chrome, mut one: pb::Encounter, articles: &[pb::Article]) -> Self {
        let fields: Map<String, Value> = serde_json::from_str(&one.fields).unwrap_or_default();
        let facts = TITLES.iter().filter_map(|&(field, title)| {
            let words = words(field, fields.get(field)?, articles);
            (!words.is_empty()).then_some((title, words))
        });
        let mut conflicts: Vec<Clash> = vec![];
        for field in std::mem::take(&mut one.conflicts) {
            match conflicts
                .iter_mut()
                .find(|clash| clash.id == field.conflict)
            {
                Some(clash) => clash.fields.push(field),
                None => conflicts.push(Clash {
                    id: field.conflict.clone(),
                    by: field.sent_by.clone(),
                    at: instant(&field.sent_at),
                    fields: vec![field],
                }),
            }
        }
        Self {
            chrome,
            tabs: vec![],
            told: "",
            problems: vec![],
            csrf: String::new(),
            key: String::new(),
            works: false,
            today: String::new(),
            facts: facts.collect(),
            previous: match fields.get("previous") {
                Some(Value::String(id)) => id.clone(),
                _ => String::new(),
            },
            conflicts,
            one,
        }
    }

    /// Somebody willing who has not come yet.
    fn may_receive(&self) -> bool {
        self.works && self.one.state == "open" && self.one.outcome == "willing"
    }
}

/// A value in words; empty when nothing was told.
fn words(field: &str, value: &Value, articles: &[pb::Article]) -> String {
    match (field, value) {
        (_, Value::Bool(true)) => "是".to_owned(),
        ("sex", Value::String(code)) => sex(code).to_owned(),
        ("looks_age", Value::Number(age)) => format!("约{age}岁"),
        ("groups", Value::Array(codes)) => {
            let codes = codes.iter().filter_map(Value::as_str);
            codes
                .map(|code| word(&GROUPS, code))
                .collect::<Vec<_>>()
                .join("、")
        }
        ("articles", Value::Array(given)) => {
            let given = given.iter().map(|one| {
                let id = one["article"].as_str().unwrap_or_default();
                let quantity = one["quantity"].as_i64().unwrap_or_default();
                match articles.iter().find(|article| article.id == id) {
                    Some(article) => format!("{}{quantity}{}", article.name, article.unit),
                    None => format!("别的物品{quantity}件"),
                }
            });
            given.collect::<Vec<_>>().join("、")
        }
        (_, Value::String(text)) => text.trim().to_owned(),
        _ => String::new(),
    }
}

/// Where it stands.
fn state(one: &pb::Encounter) -> &str {
    word(&STATES, &one.state)
}

/// Whether it is time to go there again.
fn again(one: &pb::Encounter, today: &str) -> bool {
    !one.follow_up_on.is_empty() && one.follow_up_on.as_str() <= today
}

/// A value of a conflict in words.
fn told(text: &str) -> &str {
    match text {
        "" => "没有填写",
        text => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_handed_out_is_named() {
        let coat = pb::Article {
            id: "a".into(),
            name: "棉衣".into(),
            unit: "件".into(),
            ..Default::default()
        };
        let given = serde_json::json!([{"article": "a", "quantity": 2}]);
        assert_eq!(words("articles", &given, &[coat]), "棉衣2件");
        assert_eq!(words("police", &Value::Bool(false), &[]), "");
        assert_eq!(
            words("groups", &serde_json::json!(["elder"]), &[]),
            "老年人"
        );
    }

    #[test]
    fn fields_of_one_conflict_stand_together() {
        let field = |conflict: &str, field: &str| pb::FieldConflict {
            conflict: conflict.into(),
            field: field.into(),
            ..Default::default()
        };
        let one = pb::Encounter {
            conflicts: vec![field("1", "place"), field("2", "name"), field("1", "name")],
            ..Default::default()
        };
        let page = EncounterPage::of(Chrome::default(), one, &[]);
        let counts: Vec<_> = page.conflicts.iter().map(|one| one.fields.len()).collect();
        assert_eq!(counts, [2, 1]);
    }
}
