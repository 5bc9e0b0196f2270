//! Directors and supervisors: who answers where, training, the yearly look at the record; coverage.

use axum::{extract::Request, response::Response};
use yiwang_chassis::{
    fault::{Code, Fault},
    identity::Role,
};
use yiwang_civic::division::{self, Level};
use yiwang_proto::child::v1 as pb;

use super::{
    super::{OFFICE, Region, only, tabs},
    ground,
    roster_forms::{record, save, training},
};
use crate::portal::{
    burial_office::sheet::{self, Act, Typed},
    desk::Desk,
    view::{
        Section,
        child::care::roster::{CoveragePage, RosterPage, Township},
        chrome::query,
    },
};

const HERE: &str = "/child/roster";

/// Who answers where.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    let region = ground(&desk, OFFICE)?;
    let (backends, who) = (desk.state.backends(), desk.who()?);
    let told = match desk.query("done") {
        "save" => "已经保存。",
        "training" => "培训已经登记。",
        "record" => "查询结果已经登记。",
        _ => "",
    };
    let request = pb::ListVillagesRequest {
        division: region.chosen.clone(),
    };
    let villages = backends.child_villages(who, request).await?;
    let people = listed(&desk, &region.chosen).await?;
    Ok(desk.page(&RosterPage {
        chrome: desk.chrome().titled("儿童主任和督导员", Section::Child),
        tabs: tabs(&desk, HERE)?,
        told,
        county: who.has_role(Role::ChildCounty),
        places: region.all,
        townships: townships(&region.chosen, people),
        division: region.chosen,
        villages,
    }))
}

/// The townships there with their supervisors.
fn townships(place: &str, people: Vec<pb::Director>) -> Vec<Township> {
    let codes: Vec<String> = match place.len() {
        ..9 => {
            let below = division::children(place).into_iter();
            let below = below.filter(|one| one.level == Level::Township);
            below.map(|one| one.code.to_owned()).collect()
        }
        _ => place.get(..9).map(str::to_owned).into_iter().collect(),
    };
    let of = |code: &str| {
        let there = |one: &&pb::Director| one.role == "supervisor" && one.division == code;
        people.iter().filter(there).cloned().collect()
    };
    let township = |code: String| Township {
        name: division::find(&code).map_or_else(|| code.clone(), |one| one.name.to_owned()),
        supervisors: of(&code),
        code,
    };
    codes.into_iter().map(township).collect()
}

async fn listed(desk: &Desk, division: &str) -> Result<Vec<pb::Director>, Fault> {
    let request = pb::ListDirectorsRequest {
        division: division.to_owned(),
        all: false,
    };
    desk.state
        .backends()
        .child_directors(desk.who()?, request)
        .await
}

/// What must be there and is not.
pub(crate) async fn coverage(desk: Desk) -> Result<Response, Fault> {
    let region = ground(&desk, OFFICE)?;
    let request = pb::GetCoverageRequest {
        division: region.chosen.clone(),
    };
    let coverage = desk
        .state
        .backends()
        .child_coverage(desk.who()?, request)
        .await?;
    Ok(desk.page(&CoveragePage {
        chrome: desk.chrome().titled("覆盖情况", Section::Child),
        tabs: tabs(&desk, "/child/coverage")?,
        places: region.all,
        division: region.chosen,
        coverage,
    }))
}

/// The form of an act: `save`, `training` or `record`.
pub(crate) async fn act(desk: Desk) -> Result<Response, Fault> {
    let (act, _) = found(&desk).await?;
    sheet::show(&desk, &act)
}

/// Does it.
pub(crate) async fn take(desk: Desk, request: Request) -> Result<Response, Fault> {
    let (act, known) = found(&desk).await?;
    let typed = match sheet::read(&desk, request, &act).await? {
        Ok(typed) => typed,
        Err(page) => return Ok(page),
    };
    let (backends, who) = (desk.state.backends(), desk.who()?);
    let name = desk.param(0)?;
    let key = typed.key.clone();
    let answer = match name {
        "training" => {
            let request = pb::AddTrainingRequest {
                idempotency_key: key,
                director: known.id,
                on: typed.text("on"),
                hours: typed.number("hours"),
                title: typed.text("title"),
            };
            backends.add_child_training(who, request).await
        }
        "record" => {
            let request = pb::CheckRecordRequest {
                idempotency_key: key,
                director: known.id,
                on: typed.text("on"),
                result: typed.text("result"),
                paper: typed.text("paper"),
            };
            backends.check_child_record(who, request).await
        }
        _ => {
            let request = pb::SaveDirectorRequest {
                idempotency_key: key,
                director: Some(director(known, &typed)),
            };
            backends.save_child_director(who, request).await
        }
    };
    let done = query(HERE, &[("division", here(&desk)), ("done", name)]);
    sheet::end(&desk, &act, &typed, answer, &done)
}

/// The list the act was opened from: the township of whom it is about.
fn here(desk: &Desk) -> &str {
    let division = desk.query("division");
    division.get(..9).unwrap_or(division)
}

/// What was typed over what is known.
fn director(known: pb::Director, typed: &Typed) -> pb::Director {
    pb::Director {
        name: typed.text("name"),
        id_number: typed.text("id_number"),
        phone: typed.text("phone"),
        committee: typed.yes("committee"),
        account: typed.text("account"),
        since: typed.text("since"),
        until: typed.text("until"),
        active: known.active,
        id: known.id,
        role: known.role,
        division: known.division,
        ..pb::Director::default()
    }
}

/// The act, and whom it is about; an empty id: somebody new.
async fn found(desk: &Desk) -> Result<(Act, pb::Director), Fault> {
    only(desk, OFFICE)?;
    let (name, id) = (desk.param(0)?, desk.query("id"));
    let known = match (name, id) {
        ("save", "") => newcomer(desk)?,
        ("save" | "training" | "record", id) => {
            let mut all = vec![];
            for (division, _) in &Region::of(desk, OFFICE)?.all {
                all.extend(listed(desk, division).await?);
            }
            all.into_iter().find(|one| one.id == id).ok_or_else(gone)?
        }
        _ => return Err(Fault::not_found()),
    };
    let about = [
        ("id", id),
        ("role", known.role.as_str()),
        ("division", known.division.as_str()),
    ];
    let post = query(&format!("{HERE}/{name}"), &about);
    let back = query(HERE, &[("division", here(desk))]);
    let act = match name {
        "training" => training(desk, &known, post, back),
        "record" => record(desk, &known, post, back),
        _ => save(&known, post, back),
    };
    Ok((act, known))
}

/// Somebody new, where the list said.
fn newcomer(desk: &Desk) -> Result<pb::Director, Fault> {
    let (role, division) = (desk.query("role"), desk.query("division"));
    let long = match role {
        "director" => 12,
        "supervisor" => 9,
        _ => return Err(Fault::not_found()),
    };
    if division.len() != long || !division.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Fault::not_found());
    }
    Ok(pb::Director {
        role: role.to_owned(),
        division: division.to_owned(),
        division_name: division::full_name(division).unwrap_or_default(),
        active: true,
        ..pb::Director::default()
    })
}

fn gone() -> Fault {
    let message = "名册里没有这个人，请从名册重新打开。";
    Fault::new(Code::NotFound, "DIRECTOR_UNKNOWN", message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::portal::child::care::roster_forms::value;

    #[test]
    fn a_number_that_was_not_typed_again_is_not_sent_masked() {
        let known = pb::Director {
            id: "1".into(),
            role: "director".into(),
            division: "421202001001".into(),
            name: "王丽".into(),
            id_number: "4212**********0027".into(),
            phone: "13800000000".into(),
            since: "2024-01-01".into(),
            committee: true,
            active: true,
            ..pb::Director::default()
        };
        let typed = Typed {
            key: String::new(),
            value: value(&known, false),
        };
        let sent = director(known.clone(), &typed);
        assert_eq!(sent.id_number, "");
        assert_eq!(
            (sent.id, sent.name, sent.committee),
            (known.id, known.name, true)
        );
    }

    #[test]
    fn each_township_has_its_supervisors() {
        let one = |role: &str, division: &str| pb::Director {
            role: role.into(),
            division: division.into(),
            ..pb::Director::default()
        };
        let people = vec![
            one("supervisor", "421202001"),
            one("director", "421202001001"),
        ];
        let found = townships("421202001", people);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].supervisors.len(), 1);
    }
}
