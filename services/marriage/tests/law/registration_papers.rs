//! What the papers and pages of a registration say, and what they never say.

use serde_json::json;
use yiwang_casework::Item;
use yiwang_marriage::domain::marriage_registration::{
    MarriageRegistration, State, documents::APPEAL,
};

use crate::registration_case::{
    act, answered, code, form, id_number, moved, registrar, signed, submit, willing, world,
};

#[test]
fn a_refusal_gives_ground_reasons_next_step_and_appeal() {
    let world = world();
    let case = answered(form(json!({})), &world);
    let refuse = |ground: &str, reasons: &str| {
        act(
            &case,
            "refuse",
            json!({ "ground": ground, "reasons": reasons }),
            &world,
        )
    };
    assert_eq!(code(&refuse("kin", "  ")), "REASONS_REQUIRED");
    let reached = refuse("under_age", "年龄不够").unwrap_err();
    assert_eq!(&reached.fields[0].reason[..], "GROUND_NOT_MET");
    for (ground, article) in [
        ("not_voluntary", "第一千零四十六条"),
        ("married", "第一千零四十二条"),
        ("kin", "第一千零四十八条"),
        ("other", "第一千零四十九条"),
    ] {
        let refused = refuse(ground, "女方表示受家人强迫").unwrap();
        assert_eq!(refused.state, State::Refused);
        assert!(refused.effects.is_empty() && refused.certificates.is_empty());
        let paper = &refused.documents[0];
        assert_eq!(paper.title, "不予办理结婚登记告知书");
        for part in [
            article,
            "女方表示受家人强迫",
            "再",
            APPEAL,
            "王小明、李桂芳",
        ] {
            assert!(
                paper.text.contains(part),
                "{ground}: {part}\n{}",
                paper.text
            );
        }
        assert!(!refused.note.contains("强迫"), "{}", refused.note);
    }
}

#[test]
fn the_young_are_refused_and_may_come_again() {
    let world = world();
    let young = json!({ "b": { "name": "王小明", "id_number": id_number("20040303", "001") } });
    let case = answered(form(young), &world);
    let data = json!({ "ground": "under_age", "reasons": "男方差一天满22周岁" });
    let refused = act(&case, "refuse", data, &world).unwrap();
    let text = &refused.documents[0].text;
    assert!(
        text.contains("年满22周岁") && text.contains("第一千零四十七条"),
        "{text}"
    );
}

/// No fee, no price, no household book in anything that people read (rules A3.4, A3.6).
#[test]
fn nothing_is_charged_and_no_household_book_is_asked() {
    let world = world();
    let case = answered(form(json!({})), &world);
    let first = submit(&case.form, &registrar(), &world).unwrap();
    let mut fresh = case.clone();
    (fresh.state, fresh.facts) = (first.state, first.facts);
    let answer = json!({ "people": [] });
    let declarations = act(&fresh, "identity_answered", answer, &world)
        .unwrap()
        .documents;
    let titles: Vec<_> = declarations.iter().map(|one| one.title.as_str()).collect();
    assert_eq!(
        titles,
        ["申请结婚登记声明书（男方）", "申请结婚登记声明书（女方）"]
    );
    for part in [
        "没有配偶",
        "三代以内旁系血亲",
        "重大疾病",
        "第一千零五十三条",
        "监誓人",
    ] {
        assert!(declarations[0].text.contains(part), "{part}");
    }
    let (case, _) = moved(case, "declare", signed(), &world);
    let (case, registered) = moved(case, "register", willing(), &world);
    let mut texts: Vec<String> = declarations.into_iter().map(|one| one.text).collect();
    texts.extend(registered.documents.into_iter().map(|one| one.text));
    for section in MarriageRegistration::sections(&case) {
        texts.extend(section.rows.into_iter().map(|row| row.value));
    }
    for spec in MarriageRegistration::actions() {
        texts.push(format!("{}{}", spec.label, spec.hint));
        texts.extend(spec.data.map(|data| data().to_value().to_string()));
    }
    for text in &texts {
        for word in ["收费", "费用", "工本费", "价格", "户口"] {
            assert!(!text.contains(word), "{word}: {text}");
        }
    }
    let guide = MarriageRegistration::guide();
    assert_eq!(guide.fee, "免费");
    let asked = guide.materials.iter().filter(|one| one.required);
    let asked: Vec<_> = asked.map(|one| one.code).collect();
    assert_eq!(asked, ["id_card", "declaration", "photo"]);
}

/// Nothing an officer or the two read is left in English.
#[test]
fn forms_are_drawn_in_chinese() {
    let schemas = MarriageRegistration::actions()
        .iter()
        .filter_map(|spec| spec.data);
    for schema in schemas {
        let schema = schema().to_value();
        for (name, field) in schema["properties"].as_object().unwrap() {
            let title = field["title"].as_str().unwrap_or_default();
            assert!(!title.is_ascii(), "{name}: {field}");
            let hint = field["description"].as_str().unwrap_or_default();
            assert!(hint.is_empty() || !hint.is_ascii(), "{name}: {field}");
            let options = field["oneOf"].as_array().into_iter().flatten();
            for option in options {
                let label = option["title"].as_str().or(option["description"].as_str());
                assert!(!label.unwrap_or_default().is_ascii(), "{name}: {option}");
            }
        }
    }
}
