//! The check centre 核对中心: what it finds about whom.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{
    behaviour::Behaviour,
    book::Taken,
    department::{days_later, written},
};

const SOURCES: [&str; 15] = [
    "户籍",
    "税务",
    "社保",
    "不动产",
    "市场主体",
    "公积金",
    "车船",
    "银行",
    "保险",
    "证券",
    "非银行支付",
    "婚姻",
    "殡葬",
    "死亡",
    "民政在保",
];

const VALID_DAYS: i64 = 180;

/// What is wrong with a request.
pub(crate) fn check(body: &Value) -> Result<(), String> {
    let members = body["members"]
        .as_array()
        .filter(|members| !members.is_empty());
    let members = members.ok_or("members must be a list of at least one person")?;
    for (index, member) in members.iter().enumerate() {
        for field in ["id", "name", "id_number"] {
            if member[field].as_str().is_none_or(str::is_empty) {
                return Err(format!("members/{index}/{field} is missing"));
            }
        }
    }
    if body["division"].as_str().is_none_or(|code| code.len() < 6) {
        return Err("division is missing".to_owned());
    }
    Ok(())
}

/// The answer to a request that was checked when it was taken.
pub(crate) fn answer(taken: &Taken) -> Value {
    let request_id = taken.number("HD-");
    let members = taken.body["members"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let refused = taken.behave.contains(&Behaviour::Refuse)
        || members.iter().any(|member| sequence(member) == "911");
    if refused {
        let reason = json!({"code": "REFUSED_BY_CENTRE", "message": "信息来源单位拒绝本次查询，请补充授权后重新委托。"});
        return json!({"request_id": request_id, "status": "refused", "reason": reason});
    }
    let checked: Vec<&Value> = members
        .iter()
        .filter(|member| member["authorised_at"].is_string())
        .collect();
    let at = taken.answered_at();
    let report = json!({
        "number": report_number(taken),
        "issued_at": written(&at),
        "valid_until": days_later(&at, VALID_DAYS).to_string(),
        "sources": SOURCES,
        "covered": checked.iter().map(|member| &member["id"]).collect::<Vec<_>>(),
        "members": checked
            .iter()
            .map(|member| json!({"id": member["id"], "findings": findings(member, &at)}))
            .collect::<Vec<_>>(),
    });
    json!({"request_id": request_id, "status": "done", "report": report})
}

fn report_number(taken: &Taken) -> String {
    let county: String = taken.body["division"]
        .as_str()
        .unwrap_or_default()
        .chars()
        .take(6)
        .collect();
    let digest = Sha256::digest(taken.key.as_bytes());
    let serial = u32::from_be_bytes([digest[8], digest[9], digest[10], digest[11]]) % 1_000_000;
    format!(
        "HD{county}{}{serial:06}",
        taken.answered_at().strftime("%y%m%d")
    )
}

/// Digits 15 to 17 of the ID number.
fn sequence(member: &Value) -> &str {
    member["id_number"]
        .as_str()
        .and_then(|number| number.get(14..17))
        .unwrap_or_default()
}

fn findings(member: &Value, at: &jiff::Zoned) -> Vec<Value> {
    let property = |source: &str, category: &str, description: &str, count: u32, fen: i64| {
        json!({"source": source, "kind": "property", "category": category,
               "description": description, "count": count, "value_fen": fen})
    };
    let income = |source: &str, category: &str, description: &str, fen: i64| {
        json!({"source": source, "kind": "income", "category": category,
               "description": description, "monthly_fen": fen})
    };
    let status = |source: &str, category: &str, description: &str| {
        json!({"source": source, "kind": "status", "category": category,
               "description": description, "on": at.date().first_of_month().to_string()})
    };
    match sequence(member) {
        "901" => vec![property("车船", "vehicle", "小型轿车", 1, 8_000_000)],
        "902" => vec![income("税务", "wage", "工资薪金", 320_000)],
        "903" => vec![property("银行", "deposit", "存款", 1, 26_000_000)],
        "904" => vec![property("不动产", "dwelling", "住宅", 2, 60_000_000)],
        "905" => vec![status("死亡", "death", "死亡登记")],
        "906" => vec![property(
            "市场主体",
            "business_registration",
            "个体工商户",
            1,
            0,
        )],
        "907" => vec![status("民政在保", "on_benefit", "已在外地享受最低生活保障")],
        "908" => vec![income("社保", "transfer", "城乡居民养老金", 18_000)],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::department::Department;

    fn asked(id_number: &str, key: &str) -> Taken {
        let body = json!({"division": "420323100", "members": [
            {"id": "0", "name": "张三", "id_number": id_number, "authorised_at": "2026-05-12T09:00:00+08:00"},
            {"id": "1", "name": "李四", "id_number": "420323198001010022"},
        ]});
        assert_eq!(check(&body), Ok(()));
        Taken {
            department: Department::CheckCentre,
            behave: crate::sandbox::behaviour::of_key(key),
            key: key.to_owned(),
            body_hash: String::new(),
            body,
            taken_at: jiff::Timestamp::UNIX_EPOCH,
            business_at: "2026-05-12T01:00:00Z".parse().unwrap(),
        }
    }

    #[test]
    fn covers_only_who_agreed_and_finds_by_sequence_code() {
        let report = &answer(&asked("420323198001019013", "k"))["report"];
        assert_eq!(report["covered"], json!(["0"]));
        assert_eq!(report["members"][0]["findings"][0]["category"], "vehicle");
        assert_eq!(report["valid_until"], "2026-11-08");
        assert!(
            report["number"]
                .as_str()
                .unwrap()
                .starts_with("HD420323260512")
        );
    }

    #[test]
    fn the_same_key_has_the_same_answer() {
        assert_eq!(
            answer(&asked("420323198001010013", "k")),
            answer(&asked("420323198001010013", "k"))
        );
        assert_ne!(
            answer(&asked("420323198001010013", "k")),
            answer(&asked("420323198001010013", "l"))
        );
    }

    #[test]
    fn refuses_on_demand() {
        assert_eq!(
            answer(&asked("420323198001010013", "k~refuse"))["status"],
            "refused"
        );
        assert_eq!(
            answer(&asked("420323198001019113", "k"))["status"],
            "refused"
        );
    }

    #[test]
    fn nobody_to_check_is_no_request() {
        assert!(check(&json!({"division": "420323100", "members": []})).is_err());
        assert!(check(&json!({"division": "420323100", "members": [{"id": "0"}]})).is_err());
    }
}
