//! Texts that break careless software, in every text field of the form.

use serde_json::{Value, json};
use yiwang_e2e::{Api, Family, ITEM, Suite, TOWNSHIP, submission};

use crate::{
    schema::{self, Place},
    store,
};

/// Texts, and whether any field at all may take them.
const TEXTS: [(&str, bool); 10] = [
    ("<script>alert(document.cookie)</script>", true),
    ("\"><img src=x onerror=alert(1)>", true),
    ("'; drop table casework.case_file; --", true),
    ("{{7*7}} ${7*7} <%= 7*7 %>", true),
    ("𠮷田𡋤𪚥", true),
    ("👨‍👩‍👧‍👦🇨🇳", true),
    ("前\u{0}后", false),
    ("前\u{202e}后gpj.exe", false),
    ("前\u{7}\u{1b}[31m后", false),
    ("前\u{2067}后\u{2069}", false),
];

#[tokio::test]
async fn every_text_field_stands_every_text() -> anyhow::Result<()> {
    let suite = Suite::start().await?;
    let family = Family::new(1);
    let (citizen, _) = family.register(&suite).await?;
    let item = citizen
        .get(&format!("/api/v1/items/{ITEM}"))
        .await?
        .expect(200)?
        .json()?;
    let form = crowded(&family);
    let texts: Vec<Place> = schema::places(&item["form_schema"], &form)
        .into_iter()
        .filter(|place| place.is("string"))
        .collect();
    assert!(texts.len() > 25, "the walk finds only {}", texts.len());

    let mut wrong = Vec::new();
    for place in &texts {
        let longest = place.schema["maxLength"].as_u64().unwrap_or(0) as usize;
        let long = "长".repeat(longest + 1);
        let mut tried: Vec<(&str, bool)> = TEXTS.to_vec();
        tried.push((&long, place.is_choice()));
        for (text, allowed) in tried {
            // Choices and dates never take free text.
            let allowed = allowed && !place.is_choice() && place.schema["format"] != "date";
            let mut sent = schema::with(&form, &place.pointer, json!(text));
            if place.pointer == "/applicant/name" {
                // The account's holder is the applicant, whatever the name.
                sent["payee"]["holder"] = json!(text);
            }
            if let Err(error) = stands(&citizen, place, &sent, text, allowed).await {
                let shown: String = text.chars().take(30).collect();
                wrong.push(format!("{} = {shown:?}: {error:#}", place.pointer));
            }
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
    Ok(())
}

/// Refused with the right pointer, or taken and given back unchanged.
async fn stands(
    citizen: &Api,
    place: &Place,
    form: &Value,
    text: &str,
    allowed: bool,
) -> anyhow::Result<()> {
    let body = submission(ITEM, TOWNSHIP, form, &[]);
    let reply = citizen.post("/api/v1/cases", &body).await?;
    if reply.status != 201 {
        anyhow::ensure!(
            (400..500).contains(&reply.status),
            "{}: {}",
            reply.status,
            reply.text()
        );
        let problem = reply.problem()?;
        // An applicant under another name or number is somebody else: no field is at fault then.
        let other = problem.code == "NOT_APPLICANT" && place.pointer.starts_with("/applicant/");
        let named = problem.names(&format!("/form{}", place.pointer));
        anyhow::ensure!(named || other, "{}: {:?}", problem.code, problem.fields);
        anyhow::ensure!(!reply.text().contains("<script>"), "it is echoed");
        return Ok(());
    }
    let number = reply.json()?["number"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    let kept = citizen.case(&number).await?;
    citizen.act(&number, "withdraw", &json!({})).await?;
    anyhow::ensure!(allowed, "it was taken");
    let kept = match &kept.0["form"] {
        Value::String(form) => serde_json::from_str(form)?,
        form => form.clone(),
    };
    let found = kept.pointer(&place.pointer);
    anyhow::ensure!(found == Some(&json!(text)), "kept as {found:?}");
    Ok(())
}

/// The family's form with an entry in every list and a value in every optional field.
pub(crate) fn crowded(family: &Family) -> Value {
    let mut form = family.form();
    form["assets"]["vehicles"] = json!([{"kind": "ebike"}]);
    form["uncounted"] = json!([{"kind": "old_age", "yearly": 60000}]);
    form["rigid_costs"] = json!({"medical": 100, "rehabilitation": 0});
    form["members"][0]["about"]["guardian"] = json!("王桂英");
    form
}

#[tokio::test]
async fn what_is_refused_leaves_nothing_behind() -> anyhow::Result<()> {
    let suite = Suite::start().await?;
    let family = Family::new(1);
    let (citizen, _) = family.register(&suite).await?;
    let before = store::rows_at_rest(&suite, "assistance").await?;
    let form = family.form();
    let many: Vec<Value> = (0..200).map(|_| form["members"][1].clone()).collect();
    let ruined = [
        (
            "/applicant/id_number",
            json!("420323790315301"),
            "/form/applicant/id_number",
        ),
        (
            "/members/1/id_number",
            json!(yiwang_e2e::wrong_check_digit(&family.child.1)),
            "/form/members/1/id_number",
        ),
        (
            "/applicant/about/income/business",
            json!(-30000),
            "/form/applicant/about/income/business",
        ),
        ("/members", json!(many), "/form/members"),
        ("/payee/holder", json!("不是家里人"), "/form/payee/holder"),
        ("/pledge/truthful", json!(false), "/form/pledge/truthful"),
        (
            "/applicant/about/income/business",
            json!(10_000_000_001_i64),
            "/form/applicant/about/income/business",
        ),
    ];
    for (pointer, value, named) in ruined {
        let form = schema::with(&form, pointer, value.clone());
        let reply = citizen
            .post("/api/v1/cases", &submission(ITEM, TOWNSHIP, &form, &[]))
            .await?;
        let problem = reply.expect(422)?.problem()?;
        assert!(
            problem.names(named),
            "{pointer} = {value}: {:?}",
            problem.fields
        );
    }
    let cases = citizen.get("/api/v1/cases").await?.expect(200)?.json()?;
    assert_eq!(cases["cases"], json!([]));
    store::unchanged(&suite, "assistance", &before).await
}
