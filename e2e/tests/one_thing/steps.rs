//! What the journeys have in common: the steps of a one-thing as REST tells them, and a case of 低保.

use anyhow::Context;
use serde_json::{Value, json};
use yiwang_e2e::{Api, Family, ITEM, Office, Person, Suite, TOWNSHIP, until};

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

/// The number of the one-thing that this person has begun last.
pub(crate) async fn own_number(who: &Api) -> anyhow::Result<String> {
    let own = who.get("/api/v1/one-things").await?.expect(200)?.json()?;
    let number = own["one_things"][0]["number"].as_str();
    Ok(number.context("no number")?.to_owned())
}

/// Applies for 低保; gives the number.
pub(crate) async fn applied(citizen: &Api, form: &Value) -> anyhow::Result<String> {
    let photo = citizen
        .upload("other", "家.jpg", yiwang_e2e::photo())
        .await?;
    let case = citizen.submit(ITEM, TOWNSHIP, form, &[photo]).await?;
    Ok(case.number().to_owned())
}

/// The man applies for the family of [`Family::new`] with these two for a couple; gives the number
/// and his login name.
pub(crate) async fn family_applied(
    suite: &Suite,
    man: &Person,
    woman: &Person,
) -> anyhow::Result<(String, String)> {
    let (citizen, login) = suite.register(man.name, &man.id_number).await?;
    let mut form = Family::new(1).form();
    form["applicant"]["id_number"] = json!(man.id_number);
    form["members"][0]["id_number"] = json!(woman.id_number);
    Ok((applied(&citizen, &form).await?, login))
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

/// Marries two people.
pub(crate) async fn married(suite: &Suite, man: &Person, woman: &Person) -> anyhow::Result<()> {
    let registrar = suite.sign_in("hall1b").await?;
    let party = |one: &Person| json!({"name": one.name, "id_number": one.id_number, "phone": "13871234567"});
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

/// What a registrar is told of somebody's marital status, by its name.
pub(crate) async fn marital_status(registrar: &Api, one: &Person) -> anyhow::Result<String> {
    let inquiry = json!({
        "name": one.name, "id_number": one.id_number, "purpose": "办理婚姻登记",
        "legal_basis": "婚姻登记条例第七条",
    });
    let answer = registrar.post("/api/v1/marriage/status", &inquiry).await?;
    let answer = answer.expect(200)?.json()?;
    Ok(answer["label"].as_str().context("no status")?.to_owned())
}
