//! What the journeys have in common: the steps of a one-thing as REST tells them, and a case of 低保.

use anyhow::Context;
use serde_json::{Value, json};
use yiwang_e2e::{Api, ITEM, Office, Suite, TOWNSHIP, until};

pub(crate) async fn show(who: &Api, number: &str) -> anyhow::Result<Value> {
    who.get(&format!("/api/v1/one-things/{number}"))
        .await?
        .expect(200)?
        .json()
}

pub(crate) async fn state_of(who: &Api, number: &str, step: &str) -> anyhow::Result<String> {
    let one = show(who, number).await?;
    let steps = one["steps"].as_array().context("no steps")?;
    let found = steps.iter().find(|one| one["code"] == step);
    let state = found.and_then(|one| one["state"].as_str());
    Ok(state
        .with_context(|| format!("no {step} in {one}"))?
        .to_owned())
}

/// Waits for a step's state; the departments take their time.
pub(crate) async fn reaches(
    who: &Api,
    number: &str,
    step: &str,
    wanted: &str,
) -> anyhow::Result<()> {
    let what = format!("{step} is {wanted}");
    let waited = until(&what, async || {
        Ok((state_of(who, number, step).await? == wanted).then_some(()))
    })
    .await;
    match waited {
        Ok(()) => Ok(()),
        Err(error) => Err(error).context(show(who, number).await?.to_string()),
    }
}

/// Applies for 低保; gives the number.
pub(crate) async fn applied(citizen: &Api, form: &Value) -> anyhow::Result<String> {
    let photo = citizen
        .upload("other", "家.jpg", yiwang_e2e::photo())
        .await?;
    let case = citizen.submit(ITEM, TOWNSHIP, form, &[photo]).await?;
    Ok(case.number().to_owned())
}

/// The offices grant it.
pub(crate) async fn granted(suite: &Suite, number: &str) -> anyhow::Result<()> {
    let office = Office::open(suite).await?;
    office.accept(number).await?;
    office.investigate(suite, number).await?;
    office.publish(number).await?;
    office.let_notice_end(suite, number).await?;
    office.confirm(number).await?;
    Ok(())
}

/// 咸安区婚姻登记处 of the demonstration, and its division.
const HALL: &str = "421202001-01";
const DIVISION: &str = "421202001";

/// Marries two people, each as (name, ID number).
pub(crate) async fn married(
    suite: &Suite,
    man: (&str, &str),
    woman: (&str, &str),
) -> anyhow::Result<()> {
    let registrar = suite.sign_in("hall1b").await?;
    let party =
        |(name, id): (&str, &str)| json!({"name": name, "id_number": id, "phone": "13871234567"});
    let form = json!({"hall": HALL, "kind": "marriage", "a": party(man), "b": party(woman)});
    let case = registrar
        .submit("marriage-registration", DIVISION, &form, &[])
        .await?;
    let number = case.number();
    until("the police know both", async || {
        let case = registrar.case(number).await?;
        Ok((case.state() == "declaration").then_some(()))
    })
    .await?;
    let declared = json!({
        "both_present": true, "a_signed": true, "b_signed": true, "illness_told": true,
    });
    registrar.act(number, "declare", &declared).await?;
    let willing = json!({"a_willing": true, "b_willing": true});
    registrar.act(number, "register", &willing).await?;
    Ok(())
}
