//! Tickets 部门工单: what the departments of a one-thing 一件事 do for it.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{behaviour::Behaviour, book::Taken};

/// A department that one-things reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Office {
    /// 公安机关户籍部门
    PoliceHousehold,
    /// 公安机关交通管理部门
    TrafficPolice,
    /// 医疗保障部门
    MedicalInsurance,
    /// 人力资源社会保障部门
    SocialInsurance,
    /// 住房公积金管理中心
    HousingFund,
    /// 卫生健康部门
    PublicHealth,
    /// 教育部门
    Education,
    /// 住房城乡建设部门
    Construction,
    /// 市场监督管理部门
    MarketSupervision,
    /// 生态环境部门
    Ecology,
    /// 残疾人联合会
    DisabilityFederation,
    /// 供水、供电、供气企业
    Utilities,
}

impl Office {
    /// Its name in URLs, keys and callbacks.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::PoliceHousehold => "police-household",
            Self::TrafficPolice => "traffic-police",
            Self::MedicalInsurance => "medical-insurance",
            Self::SocialInsurance => "social-insurance",
            Self::HousingFund => "housing-fund",
            Self::PublicHealth => "public-health",
            Self::Education => "education",
            Self::Construction => "construction",
            Self::MarketSupervision => "market-supervision",
            Self::Ecology => "ecology",
            Self::DisabilityFederation => "disability-federation",
            Self::Utilities => "utilities",
        }
    }
}

/// What a department can be asked, with what it says when it is done and the money that comes of
/// it, in fen.
type Matter = (&'static str, &'static str, i64);

/// Sequence code of ID numbers whose first request the household police refuse.
const NAME_DIFFERS: &str = "921";

fn matters(office: Office) -> &'static [Matter] {
    match office {
        Office::PoliceHousehold => &[
            ("kinship-check", "亲属关系已经核对。", 0),
            (
                "household-cancellation",
                "户口已经注销，身份证已经作废。",
                0,
            ),
            ("household-restoration", "户口已经恢复。", 0),
            ("marital-status-change", "户口簿婚姻状况已经变更。", 0),
            ("marital-status-restoration", "户口簿婚姻状况已经改回。", 0),
            ("household-move", "户口已经迁移。", 0),
            ("household-move-back", "户口已经迁回。", 0),
            ("household-recovery", "户口已经恢复，身份证已经受理。", 0),
            ("household-recovery-withdrawal", "已经撤回。", 0),
            ("identity-card", "身份证已经受理，会寄到救助管理站。", 0),
            ("identity-card-cancellation", "身份证已经作废。", 0),
        ],
        Office::TrafficPolice => &[
            ("licence-cancellation", "驾驶证已经注销。", 0),
            ("licence-restoration", "驾驶证已经恢复。", 0),
        ],
        Office::MedicalInsurance => &[
            (
                "account-closing",
                "已经停保，个人账户余额已经支付。",
                125_600,
            ),
            ("account-restoration", "已经恢复参保。", 0),
            ("enrolment", "已经参加居民医保。", 0),
            ("enrolment-withdrawal", "参保已经撤回。", 0),
            ("medical-assistance", "已经资助参保，看病按比例救助。", 0),
            ("medical-assistance-withdrawal", "已经停止救助。", 0),
        ],
        Office::SocialInsurance => &[
            (
                "pension-ending",
                "待遇已经终止，丧葬补助金和抚恤金已经支付。",
                2_360_000,
            ),
            ("pension-restoration", "待遇已经恢复，停发的已经补发。", 0),
            ("card-cancellation", "社会保障卡和优待证已经注销。", 0),
            ("card-restoration", "社会保障卡和优待证已经恢复。", 0),
            ("marital-status-change", "社会保障卡信息已经更新。", 0),
            ("marital-status-restoration", "社会保障卡信息已经改回。", 0),
            ("employment-aid", "已经列入就业援助，会介绍工作。", 0),
            ("employment-aid-withdrawal", "已经停止援助。", 0),
        ],
        Office::HousingFund => &[
            ("death-withdrawal", "公积金已经支付给继承人。", 4_580_000),
            ("marital-status-change", "婚姻信息已经更新。", 0),
            ("marital-status-restoration", "婚姻信息已经改回。", 0),
        ],
        Office::PublicHealth => &[
            ("birth-registration", "生育登记已经办好。", 0),
            ("birth-registration-withdrawal", "生育登记已经撤回。", 0),
            ("checkup-booking", "已经预约，妇幼保健院会打电话定时间。", 0),
            ("checkup-cancellation", "预约已经取消。", 0),
            ("clinic-filing", "内设医疗机构已经备案。", 0),
        ],
        Office::Education => &[
            ("student-aid", "已经列入学生资助，下学期起减免。", 0),
            ("student-aid-withdrawal", "已经停止资助。", 0),
        ],
        Office::Construction => &[
            ("fire-acceptance", "消防验收合格。", 0),
            ("housing-aid", "已经列入住房救助，会上门查看房屋。", 0),
            ("housing-aid-withdrawal", "已经停止救助。", 0),
        ],
        Office::MarketSupervision => &[
            ("business-licence", "营业执照已经发放。", 0),
            ("food-licence", "食品经营许可证已经发放。", 0),
        ],
        Office::Ecology => &[("impact-filing", "环境影响登记表已经备案。", 0)],
        Office::DisabilityFederation => &[
            ("assessment", "已经评定，残疾人证会寄到乡镇（街道）。", 0),
            ("assessment-withdrawal", "评定已经撤回。", 0),
            ("allowances", "两项补贴已经批准，从下月起发放。", 0),
            ("allowances-withdrawal", "补贴已经停止。", 0),
        ],
        Office::Utilities => &[
            ("fee-relief", "已经减免，从下个月的账单起。", 0),
            ("fee-relief-ending", "减免已经停止。", 0),
        ],
    }
}

/// What is wrong with a request.
pub(super) fn check(office: Office, body: &Value) -> Result<(), String> {
    for pointer in needed(body) {
        let text = body.pointer(pointer).and_then(Value::as_str);
        if text.is_none_or(str::is_empty) {
            return Err(format!("{pointer} is missing"));
        }
    }
    match matter(office, body) {
        Some(_) => Ok(()),
        None => Err("this department does not know the matter".to_owned()),
    }
}

/// Pointers that a request must have.
fn needed(body: &Value) -> Vec<&'static str> {
    let mut needed = vec!["/number", "/matter", "/applicant/name"];
    if body.get("dead").is_some() {
        needed.extend(["/dead/name", "/dead/id_number"]);
    }
    needed
}

fn matter(office: Office, body: &Value) -> Option<&'static Matter> {
    let mut known = matters(office).iter();
    known.find(|(code, ..)| body["matter"] == *code)
}

/// In the sandbox two are relatives when their ID numbers begin with the same county.
fn is_kin(body: &Value) -> bool {
    let county = |who: &str| body[who]["id_number"].as_str().and_then(|id| id.get(..6));
    county("dead").is_some() && county("dead") == county("applicant")
}

/// The answer to a request that was checked when it was taken.
pub(super) fn answer(office: Office, taken: &Taken) -> Value {
    let ticket = taken.number("GD-");
    let id = taken.body["dead"]["id_number"].as_str().unwrap_or_default();
    let differs = office == Office::PoliceHousehold
        && taken.body["matter"] != "kinship-check"
        && id.get(14..17) == Some(NAME_DIFFERS)
        && !taken.key.ends_with(".2");
    if taken.body["matter"] == "kinship-check" && !is_kin(&taken.body) {
        let reason = json!({"code": "NOT_KIN", "message": "户籍里没有这层关系。"});
        return json!({"status": "refused", "ticket_id": ticket, "reason": reason});
    }
    if differs || taken.behave.contains(&Behaviour::Refuse) {
        let reason = match differs {
            true => json!({"code": "NAME_DIFFERS", "message": "登记的姓名与死亡证明不一致。"}),
            false => json!({"code": "REFUSED", "message": "材料不符合规定。"}),
        };
        return json!({"status": "refused", "ticket_id": ticket, "reason": reason});
    }
    let (text, paid) =
        matter(office, &taken.body).map_or(("", 0), |(_, text, paid)| (*text, *paid));
    json!({
        "status": "done", "ticket_id": ticket,
        "result": {"text": text, "paid_fen": paid, "on": taken.answered_at().date()},
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::{behaviour, department::Department};

    fn body(matter: &str, id: &str) -> Value {
        json!({"number": "YS1", "matter": matter, "dead": {"name": "张建国", "id_number": id},
               "applicant": {"name": "张小梅"}})
    }

    fn answered(office: Office, key: &str, body: Value) -> Value {
        let taken = Taken {
            department: Department::Office(office),
            key: key.to_owned(),
            body_hash: String::new(),
            body,
            taken_at: jiff::Timestamp::UNIX_EPOCH,
            business_at: jiff::Timestamp::UNIX_EPOCH,
            behave: behaviour::of_key(key),
        };
        answer(office, &taken)
    }

    #[test]
    fn each_department_does_its_own_matters() {
        let police = Office::PoliceHousehold;
        let cancel = body("household-cancellation", "420323195005121012");
        assert_eq!(check(police, &cancel), Ok(()));
        assert!(check(Office::HousingFund, &cancel).is_err());
        assert!(check(police, &json!({"matter": "household-cancellation"})).is_err());
        assert!(
            check(
                police,
                &json!({"number": "YS1", "matter": "household-cancellation", "dead": {},
                                      "applicant": {"name": "张小梅"}})
            )
            .is_err()
        );
        let done = answered(police, "k", cancel);
        assert_eq!(done["status"], "done");
        let fund = body("death-withdrawal", "420323195005121012");
        let paid = answered(Office::HousingFund, "k", fund);
        assert_eq!(paid["result"]["paid_fen"], 4_580_000);
    }

    #[test]
    fn a_refusal_is_of_the_first_request_or_on_demand() {
        let police = Office::PoliceHousehold;
        let differs = body("household-cancellation", "420323195005129213");
        let first = answered(police, "k.household", differs.clone());
        assert_eq!(first["reason"]["code"], "NAME_DIFFERS");
        assert_eq!(answered(police, "k.household.2", differs)["status"], "done");
        let asked = body("household-cancellation", "420323195005121012");
        assert_eq!(answered(police, "k~refuse", asked)["status"], "refused");
    }

    #[test]
    fn relatives_are_of_one_county_here() {
        let police = Office::PoliceHousehold;
        let of = |applicant: &str| {
            let mut asked = body("kinship-check", "420323195005129213");
            asked["applicant"]["id_number"] = applicant.into();
            answered(police, "k.kinship", asked)["status"].clone()
        };
        assert_eq!(of("420323197805121027"), "done");
        assert_eq!(of("421202197805121027"), "refused");
    }
}
