//! Tickets 部门工单: what the departments of a one-thing 一件事 do for it.

use serde_json::{Value, json};

use super::{behaviour::Behaviour, book::Taken, department::Department};

/// What a department can be asked, with what it says when it is done and the money that comes of
/// it, in fen.
type Matter = (&'static str, &'static str, i64);

/// Sequence code of ID numbers whose first request the household police refuse.
const NAME_DIFFERS: &str = "921";

fn matters(department: Department) -> &'static [Matter] {
    match department {
        Department::PoliceHousehold => &[
            (
                "household-cancellation",
                "户口已经注销，身份证已经作废。",
                0,
            ),
            ("household-restoration", "户口已经恢复。", 0),
        ],
        Department::TrafficPolice => &[
            ("licence-cancellation", "驾驶证已经注销。", 0),
            ("licence-restoration", "驾驶证已经恢复。", 0),
        ],
        Department::MedicalInsurance => &[
            (
                "account-closing",
                "已经停保，个人账户余额已经支付。",
                125_600,
            ),
            ("account-restoration", "已经恢复参保。", 0),
        ],
        Department::SocialInsurance => &[
            (
                "pension-ending",
                "待遇已经终止，丧葬补助金和抚恤金已经支付。",
                2_360_000,
            ),
            ("pension-restoration", "待遇已经恢复，停发的已经补发。", 0),
            ("card-cancellation", "社会保障卡和优待证已经注销。", 0),
            ("card-restoration", "社会保障卡和优待证已经恢复。", 0),
        ],
        Department::HousingFund => &[("death-withdrawal", "公积金已经支付给继承人。", 4_580_000)],
        _ => &[],
    }
}

/// What is wrong with a request.
pub(super) fn check(department: Department, body: &Value) -> Result<(), String> {
    for pointer in [
        "/number",
        "/matter",
        "/dead/name",
        "/dead/id_number",
        "/applicant/name",
    ] {
        let text = body.pointer(pointer).and_then(Value::as_str);
        if text.is_none_or(str::is_empty) {
            return Err(format!("{pointer} is missing"));
        }
    }
    match matter(department, body) {
        Some(_) => Ok(()),
        None => Err("this department does not know the matter".to_owned()),
    }
}

fn matter(department: Department, body: &Value) -> Option<&'static Matter> {
    let mut known = matters(department).iter();
    known.find(|(code, ..)| body["matter"] == *code)
}

/// The answer to a request that was checked when it was taken.
pub(super) fn answer(taken: &Taken) -> Value {
    let ticket = taken.number("GD-");
    let id = taken.body["dead"]["id_number"].as_str().unwrap_or_default();
    let differs = taken.department == Department::PoliceHousehold
        && id.get(14..17) == Some(NAME_DIFFERS)
        && !taken.key.ends_with(".2");
    if differs || taken.behave.contains(&Behaviour::Refuse) {
        let reason = match differs {
            true => json!({"code": "NAME_DIFFERS", "message": "登记的姓名与死亡证明不一致。"}),
            false => json!({"code": "REFUSED", "message": "材料不符合规定。"}),
        };
        return json!({"status": "refused", "ticket_id": ticket, "reason": reason});
    }
    let (text, paid) =
        matter(taken.department, &taken.body).map_or(("", 0), |(_, text, paid)| (*text, *paid));
    json!({
        "status": "done", "ticket_id": ticket,
        "result": {"text": text, "paid_fen": paid, "on": taken.answered_at().date()},
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::behaviour;

    fn body(matter: &str, id: &str) -> Value {
        json!({"number": "YS1", "matter": matter, "dead": {"name": "张建国", "id_number": id},
               "applicant": {"name": "张小梅"}})
    }

    fn answered(department: Department, key: &str, body: Value) -> Value {
        answer(&Taken {
            department,
            key: key.to_owned(),
            body_hash: String::new(),
            body,
            taken_at: jiff::Timestamp::UNIX_EPOCH,
            business_at: jiff::Timestamp::UNIX_EPOCH,
            behave: behaviour::of_key(key),
        })
    }

    #[test]
    fn each_department_does_its_own_matters() {
        let police = Department::PoliceHousehold;
        let cancel = body("household-cancellation", "420323195005121012");
        assert_eq!(check(police, &cancel), Ok(()));
        assert!(check(Department::HousingFund, &cancel).is_err());
        assert!(check(police, &json!({"matter": "household-cancellation"})).is_err());
        let done = answered(police, "k", cancel);
        assert_eq!(done["status"], "done");
        let fund = body("death-withdrawal", "420323195005121012");
        let paid = answered(Department::HousingFund, "k", fund);
        assert_eq!(paid["result"]["paid_fen"], 4_580_000);
    }

    #[test]
    fn a_refusal_is_of_the_first_request_or_on_demand() {
        let police = Department::PoliceHousehold;
        let differs = body("household-cancellation", "420323195005129213");
        let first = answered(police, "k.household", differs.clone());
        assert_eq!(first["reason"]["code"], "NAME_DIFFERS");
        assert_eq!(answered(police, "k.household.2", differs)["status"], "done");
        let asked = body("household-cancellation", "420323195005121012");
        assert_eq!(answered(police, "k~refuse", asked)["status"], "refused");
    }
}
