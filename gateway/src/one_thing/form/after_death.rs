//! 公民身后一件事: no certificate of death or cremation is asked for; they are shared.

use jiff::{Timestamp, civil::Date};
use serde_json::{Value, json};
use yiwang_chassis::fault::FieldViolation;
use yiwang_civic::time;

use super::options;

pub(super) fn schema(homes: &[(String, String)]) -> Value {
    let arranging = json!({"pointer": "funeral", "equals": "arrange"});
    let yes_no = |title, hint| super::yes_no(title, hint, "一并办理");
    let mut home = json!({"type": "string", "title": "殡仪馆", "maxLength": 14,
        "description": "选就近的殡仪馆。", "x-step": "身后事", "x-show-if": arranging});
    if !homes.is_empty() {
        home["oneOf"] = options(homes);
    }
    json!({
        "title": "公民身后一件事",
        "required": ["name", "id_number", "died_on", "household", "relation", "phone", "funeral",
                     "place", "address", "home", "licence", "medical", "pension", "housing_fund",
                     "consent"],
        "properties": {
            "name": {"type": "string", "title": "逝者姓名", "maxLength": 100, "x-mask": "name",
                "description": "照身份证写。", "x-step": "逝者"},
            "id_number": {"type": "string", "title": "逝者身份证号码", "maxLength": 18,
                "x-widget": "id_number", "x-mask": "id_number",
                "description": "18位，末位可以是X。", "x-step": "逝者"},
            "died_on": {"type": "string", "format": "date", "x-widget": "date",
                "title": "去世日期", "description": "以死亡证明为准，我们会核对。", "x-step": "逝者"},
            "household": {"type": "string", "maxLength": 9, "x-widget": "division",
                "pattern": "^[0-9]{6}([0-9]{3})?$", "title": "逝者户籍所在地",
                "description": "选到乡镇（街道）。", "x-step": "逝者"},
            "relation": {"type": "string", "title": "您是逝者的", "description": "",
                "x-step": "您", "oneOf": options(&RELATIONS)},
            "phone": {"type": "string", "maxLength": 20, "x-widget": "phone", "x-mask": "phone",
                "title": "联系电话", "description": "请保持畅通。", "x-step": "您"},
            "funeral": {"type": "string", "title": "后事怎么办", "description": "",
                "x-step": "身后事", "x-widget": "radio", "oneOf": options(&FUNERALS)},
            "place": {"type": "string", "maxLength": 9, "x-widget": "division",
                "pattern": "^$|^[0-9]{6}([0-9]{3})?$", "title": "遗体现在在哪个县（市、区）",
                "description": "选到乡镇（街道）。", "x-step": "身后事",
                "x-show-if": arranging},
            "address": {"type": "string", "maxLength": 100, "title": "接运地点",
                "description": "写到门牌或者医院科室。", "x-step": "身后事",
                "x-show-if": arranging},
            "home": home,
            "eco": {"type": "boolean", "title": "骨灰做节地生态安葬（树葬、花葬、海葬等）",
                "description": "有奖补，安葬登记以后自动替您申请。没想好的选“否”，以后也能单独申请。",
                "x-widget": "radio", "x-step": "身后事",
                "x-show-if": {"pointer": "funeral", "equals": ["arrange", "arranged"]}},
            "licence": yes_no("注销驾驶证", "没有驾驶证的选“否”。"),
            "medical": yes_no("医保停保、支取个人账户", "不清楚有没有的选“是”，由医保部门查。"),
            "pension": yes_no("养老待遇、丧葬补助金和抚恤金", "不清楚有没有的选“是”，由人社部门查。"),
            "housing_fund": yes_no("提取住房公积金", "没有缴存过的选“否”。"),
            "bank_account": {"type": "string", "maxLength": 30, "x-widget": "bank_account",
                "x-mask": "bank_account", "title": "您本人的银行账号",
                "description": "有钱要发的，都发到这里。上面都选“否”的不填。", "x-step": "一并办理"},
            "bank": {"type": "string", "maxLength": 60, "title": "开户银行",
                "description": "写到支行。", "x-step": "一并办理",
                "x-show-if": {"pointer": "eco", "equals": true}},
            "consent": {"type": "boolean", "const": true, "x-step": "一并办理",
                "title": "我同意民政部门把以上内容提供给公安、医保、人社、公积金等部门，只用来办这件事。"},
        }
    })
}

const RELATIONS: [(&str, &str); 7] = [
    ("spouse", "配偶"),
    ("child", "子女"),
    ("parent", "父母"),
    ("sibling", "兄弟姐妹"),
    ("grandchild", "孙子女、外孙子女"),
    ("grandparent", "祖父母、外祖父母"),
    ("relative", "其他亲属"),
];

const FUNERALS: [(&str, &str); 3] = [
    ("arrange", "还没有联系殡仪馆，请一并安排"),
    ("arranged", "已经联系好殡仪馆"),
    ("burial", "按当地规定土葬，不火化"),
];

/// What no single field can say.
pub(super) fn between_fields(answers: &Value, now: Timestamp) -> Vec<FieldViolation> {
    let mut wrong = Vec::new();
    let died = answers["died_on"]
        .as_str()
        .and_then(|text| text.parse::<Date>().ok());
    if died.is_some_and(|day| day > time::beijing_date(now)) {
        let message = "去世日期不能晚于今天。";
        wrong.push(FieldViolation::new("/died_on", "FUTURE", message));
    }
    // The code of a home begins with its township: where the notice goes.
    let home = answers["home"].as_str().unwrap_or_default();
    let township = home.split_once('-').map(|(township, _)| township);
    let known = township
        .is_some_and(|code| code.len() == 9 && code.bytes().all(|digit| digit.is_ascii_digit()));
    if answers["funeral"] == "arrange" && !home.is_empty() && !known {
        let message = "没有这个殡仪馆，请重新选择。";
        wrong.push(FieldViolation::new("/home", "HOME_UNKNOWN", message));
    }
    let paid = ["medical", "pension", "housing_fund", "eco"];
    let paid = paid.iter().any(|key| answers[*key] == true);
    let account = answers["bank_account"].as_str().unwrap_or_default().trim();
    if paid && account.is_empty() {
        let message = "请填写您本人的银行账号，待遇发到这里。";
        wrong.push(FieldViolation::new("/bank_account", "MISSING", message));
    }
    let bank = answers["bank"].as_str().unwrap_or_default().trim();
    if answers["eco"] == true && bank.is_empty() {
        let message = "请填写开户银行，奖补发到您的账户。";
        wrong.push(FieldViolation::new("/bank", "MISSING", message));
    }
    wrong
}

#[cfg(test)]
mod tests {
    use yiwang_civic::citizen_id::CitizenId;

    use super::*;
    use crate::one_thing::{definitions::AFTER_DEATH, form::check};

    fn now() -> Timestamp {
        "2026-05-12T01:00:00Z".parse().unwrap()
    }

    fn sound() -> Value {
        json!({
            "name": "张建国", "id_number": "42032319500512101X", "died_on": "2026-05-11",
            "household": "420323100", "relation": "child", "phone": "13800001234",
            "funeral": "arranged", "eco": false, "licence": false, "medical": true, "pension": true,
            "housing_fund": false, "bank_account": "6217000012345678901", "consent": true,
        })
    }

    fn wrong(change: impl FnOnce(&mut Value)) -> Vec<String> {
        let mut form = with_check(sound());
        change(&mut form);
        let fault = check(&AFTER_DEATH, &form, now()).unwrap_err();
        fault.fields.into_iter().map(|field| field.field).collect()
    }

    #[test]
    fn the_form_is_checked_whole_and_everything_is_named_at_once() {
        let id = check(&AFTER_DEATH, &with_check(sound()), now());
        assert!(id.is_ok(), "{id:?}");
        assert_eq!(
            wrong(|form| form["died_on"] = "2026-05-13".into())[0],
            "/died_on"
        );
        let several = wrong(|form| {
            form["phone"] = "".into();
            form["consent"] = false.into();
            form["bank_account"] = "".into();
            form["colour"] = "red".into();
        });
        for pointer in ["/phone", "/consent", "/bank_account", "/colour"] {
            assert!(
                several.iter().any(|known| known == pointer),
                "{pointer}: {several:?}"
            );
        }
    }

    #[test]
    fn what_the_funeral_home_needs_is_asked_only_of_whoever_needs_it() {
        let missing = wrong(|form| form["funeral"] = "arrange".into());
        for pointer in ["/place", "/address", "/home"] {
            assert!(
                missing.iter().any(|known| known == pointer),
                "{pointer}: {missing:?}"
            );
        }
    }

    #[test]
    fn whoever_wants_the_subsidy_says_where_it_goes() {
        let missing = wrong(|form| {
            form["eco"] = true.into();
            form["bank_account"] = "".into();
        });
        assert!(missing.contains(&"/bank".to_owned()), "{missing:?}");
        assert!(missing.contains(&"/bank_account".to_owned()), "{missing:?}");
    }

    #[test]
    fn a_home_has_a_code_that_says_where_it_is() {
        let with = |home: &str| {
            wrong(|form| {
                form["funeral"] = "arrange".into();
                form["place"] = "421224100".into();
                form["address"] = "城南路12号".into();
                form["home"] = home.into();
                form["consent"] = false.into();
            })
        };
        assert_eq!(with("421224100-BY01"), ["/consent"]);
        assert!(with("通山县殡仪馆").contains(&"/home".to_owned()));
    }

    /// The same form with a right check digit.
    fn with_check(mut form: Value) -> Value {
        let body = "42032319500512101";
        let found = "0123456789X".chars().map(|check| format!("{body}{check}"));
        let mut sound = found.filter(|number| number.parse::<CitizenId>().is_ok());
        form["id_number"] = sound.next_back().unwrap().into();
        form
    }
}
