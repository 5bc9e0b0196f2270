//! What is written down about somebody met in the street. A phone sends only what it has changed.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;
use yiwang_chassis::fault::FieldViolation;

use super::words::{Group, Outcome};

/// The fields of a visit.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "the law asks these questions"
)]
pub struct Fields {
    /// How it ended; none: not written yet.
    pub outcome: Option<Outcome>,
    /// Where, in words.
    pub place: String,
    /// North, degrees.
    pub latitude: Option<f64>,
    /// East, degrees.
    pub longitude: Option<f64>,
    /// Name as told.
    pub name: String,
    /// `male` or `female`.
    pub sex: String,
    /// About how old.
    pub looks_age: Option<u8>,
    /// Whom the law makes one lead.
    pub groups: Vec<Group>,
    /// Health as seen.
    pub health: String,
    /// What the person says.
    pub said: String,
    /// Clothes.
    pub clothes: String,
    /// The rescue policy and where to turn were told.
    pub told_policy: bool,
    /// Offered to lead the person to the station.
    pub guided: bool,
    /// Brought to the station.
    pub escorted: bool,
    /// The ambulance was called at once.
    pub ambulance: bool,
    /// The police were called.
    pub police: bool,
    /// 公安机关护送流浪乞讨人员交接表, or the receipt of the police.
    pub police_record: String,
    /// What was handed out.
    pub articles: Vec<Given>,
    /// A card with the hotline was left.
    pub card_left: bool,
    /// In words.
    pub note: String,
    /// The visit this one comes back to.
    pub previous: Option<Uuid>,
    /// Telephone of the passer-by who told.
    pub teller_phone: String,
}

/// Something handed out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Given {
    /// The article.
    pub article: Uuid,
    /// How many.
    pub quantity: u16,
}

/// Field and title, in the order of the page.
const TITLES: [(&str, &str); 21] = [
    ("outcome", "处理结果"),
    ("place", "地点"),
    ("latitude", "纬度"),
    ("longitude", "经度"),
    ("name", "自报姓名"),
    ("sex", "性别"),
    ("looks_age", "看上去年龄"),
    ("groups", "需要引导、护送的情形"),
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
    ("previous", "复访"),
];

/// Title of a field.
#[must_use]
pub fn title(field: &str) -> &str {
    let known = TITLES.iter().find(|(name, _)| *name == field);
    known.map_or(field, |&(_, title)| title)
}

/// A value for people.
#[must_use]
pub fn words(field: &str, value: &Value) -> String {
    let list = |values: &[Value], one: &dyn Fn(&Value) -> String| {
        values.iter().map(one).collect::<Vec<_>>().join("、")
    };
    match (field, value) {
        (_, Value::Null) => "没有填写".to_owned(),
        (_, Value::Bool(true)) => "是".to_owned(),
        (_, Value::Bool(false)) => "否".to_owned(),
        ("outcome", Value::String(code)) => {
            Outcome::from_code(code).map_or_else(|| code.clone(), |it| it.label().to_owned())
        }
        ("sex", Value::String(code)) if code == "male" => "男".to_owned(),
        ("sex", Value::String(code)) if code == "female" => "女".to_owned(),
        ("groups", Value::Array(values)) => list(values, &|value| {
            let group = value.as_str().and_then(Group::from_code);
            group.map_or_else(String::new, |group| group.label().to_owned())
        }),
        ("articles", Value::Array(values)) => {
            let pieces = values.iter().filter_map(|one| one["quantity"].as_u64());
            format!("{}种，共{}件", values.len(), pieces.sum::<u64>())
        }
        (_, Value::String(text)) if text.is_empty() => "没有填写".to_owned(),
        (_, Value::String(text)) => text.clone(),
        (_, other) => other.to_string(),
    }
}

/// Longest texts: one line, several lines.
const LONGEST: (usize, usize) = (100, 2_000);
/// Most kinds of articles of one visit.
const MOST_ARTICLES: usize = 20;

impl Fields {
    /// Reads a whole object.
    ///
    /// # Errors
    /// A field nobody knows, or one of another type.
    pub fn read(map: &Map<String, Value>) -> Result<Self, FieldViolation> {
        serde_json::from_value(Value::Object(map.clone())).map_err(|_| {
            let message = "内容的格式不对，请更新手机页面后重试。";
            FieldViolation::new("/fields", "MALFORMED", message)
        })
    }

    /// As an object, every field in it.
    #[must_use]
    pub fn map(&self) -> Map<String, Value> {
        match serde_json::to_value(self) {
            Ok(Value::Object(map)) => map,
            _ => Map::new(),
        }
    }

    /// Shapes that no law speaks of: lengths, codes, places on earth.
    #[must_use]
    pub fn malformed(&self) -> Vec<FieldViolation> {
        let mut found = Vec::new();
        let mut wrong = |field: &str, message: &str| {
            found.push(FieldViolation::new(
                format!("/{field}"),
                "WRONG_VALUE",
                message,
            ));
        };
        let lines = [
            ("place", &self.place),
            ("name", &self.name),
            ("clothes", &self.clothes),
            ("police_record", &self.police_record),
            ("teller_phone", &self.teller_phone),
        ];
        for (field, text) in lines {
            if text.chars().count() > LONGEST.0 {
                wrong(field, "太长了，请写在100个字以内。");
            }
        }
        for (field, text) in [
            ("health", &self.health),
            ("said", &self.said),
            ("note", &self.note),
        ] {
            if text.chars().count() > LONGEST.1 {
                wrong(field, "太长了，请写在2000个字以内。");
            }
        }
        if !matches!(self.sex.as_str(), "" | "male" | "female") {
            wrong("sex", "请选择男或者女。");
        }
        let within = |degrees: Option<f64>, most: f64| degrees.is_none_or(|it| it.abs() <= most);
        if !within(self.latitude, 90.0) || !within(self.longitude, 180.0) {
            wrong("latitude", "定位的读数不对，请重新定位。");
        }
        if self.looks_age.is_some_and(|age| age > 120) {
            wrong("looks_age", "请填写大约多少岁。");
        }
        let many = self.articles.len() > MOST_ARTICLES;
        if many
            || self
                .articles
                .iter()
                .any(|one| !(1..=999).contains(&one.quantity))
        {
            wrong("articles", "每种物品填1到999件，最多20种。");
        }
        let mut ids: Vec<Uuid> = self.articles.iter().map(|one| one.article).collect();
        ids.sort_unstable();
        ids.dedup();
        if ids.len() < self.articles.len() {
            wrong("articles", "同一种物品请合并填写。");
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_field_but_the_tellers_phone_has_a_title() {
        for field in Fields::default().map().keys() {
            let titled = title(field) != field;
            assert_eq!(titled, field != "teller_phone", "{field}");
        }
    }

    #[test]
    fn values_in_words() {
        assert_eq!(words("outcome", &json!("willing")), "愿意到站求助");
        assert_eq!(
            words("groups", &json!(["elder", "disabled"])),
            "老年人、残疾人"
        );
        assert_eq!(words("told_policy", &json!(true)), "是");
        assert_eq!(words("name", &json!("")), "没有填写");
        let given = json!([{ "article": Uuid::nil(), "quantity": 2 }]);
        assert_eq!(words("articles", &given), "1种，共2件");
    }
}
