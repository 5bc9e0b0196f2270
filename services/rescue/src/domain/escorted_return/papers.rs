//! 接送返回交接单: when, who, in what condition, with what things.

use jiff::Timestamp;
use yiwang_casework::IssueDocument;
use yiwang_civic::time::beijing_date;

use super::action::{Depart, HandOver};
use crate::domain::{
    desk::{day, document},
    leaving::Guest,
};

/// Both who signed for the station stand on it.
pub(super) fn handed(
    guest: &Guest,
    trip: Option<&(Depart, Timestamp)>,
    form: &HandOver,
    by: &[String],
) -> IssueDocument {
    let who = format!("受助人员：{}。", guest.called);
    let trip = match trip {
        None => "由接收单位到救助管理站接回。".to_owned(),
        Some((trip, at)) => {
            let names: Vec<_> = trip.escorts.iter().map(|it| it.name.trim()).collect();
            let police = match trip.police.trim() {
                "" => String::new(),
                police => format!("公安机关协助：{police}。"),
            };
            format!(
                "{}启程，护送人员：{}。{police}随行药品：{}。",
                day(beijing_date(*at)),
                names.join("、"),
                trip.medicine.trim()
            )
        }
    };
    let to = format!(
        "{} {}交接给{}，接收人{}，证件号码{}，已核对证件。",
        day(form.on),
        form.at.trim(),
        form.unit.trim(),
        form.receiver.trim(),
        form.number.trim()
    );
    let condition = format!("身体情况：{}。", form.condition.trim());
    let things = format!("随身物品：{}。已当面清点。", form.things.trim());
    let signed = format!("接收人已签字。移交方签字：{}。", by.join("、"));
    document(
        "return_hand_over",
        "接送返回交接单",
        &[&who, &trip, &to, &condition, &things, &signed],
    )
}
