//! 初检.

use yiwang_casework::Decision;

use super::{
    super::{Decided, Scene, leave},
    settle_person,
};
use crate::domain::{
    desk::{at_field, filled, valid},
    stay::{
        State,
        action::Screen,
        facts::Health,
        law::screening::{Route, route},
        words::LeaveType,
    },
};

/// 初检.
pub(in super::super) fn screen(scene: &Scene<'_>, data: &Screen) -> Decided {
    let empty = filled(&data.findings, "/findings", "请如实写明检查情况。");
    valid(empty.into_iter().collect())?;
    let mut facts = scene.facts();
    facts.signs.clone_from(&data.signs);
    settle_person(scene.cx, &mut facts)?;
    facts.health.push(Health {
        what: "初检".to_owned(),
        at: scene.cx.now,
        hospital: data.hospital.trim().to_owned(),
        text: data.findings.trim().to_owned(),
        by: scene.by(),
    });
    let hospital = data.hospital.trim();
    let receipt = data.receipt.trim();
    let route = route(&data.signs);
    let needs_police = matches!(route, Route::Police | Route::Hospital { police: true });
    if needs_police && receipt.is_empty() {
        let message = "有危险举动、疑似违法犯罪或者疑似吸毒的，请先报警，填写回执编号。";
        return Err(at_field("POLICE_FIRST", "/receipt", message));
    }
    if needs_police {
        facts.notes.push(scene.note("police_report", receipt));
    }
    match route {
        Route::In => Ok(Decision::to(State::Screened, facts, "初检完成").stop("screen")),
        Route::Hospital { .. } if hospital.is_empty() => {
            let message = "有危重、外伤、疑似传染病、疑似精神障碍或者不能自己行走的，先送医，\
                           请填写送往的医院。";
            Err(at_field("HOSPITAL_FIRST", "/hospital", message))
        }
        Route::Hospital { .. } => {
            let note = format!("初检：先送医（{hospital}）");
            Ok(Decision::to(State::SentHospital, facts, note).stop("screen"))
        }
        Route::Police => {
            let by = vec![scene.by()];
            let to = format!("公安机关（回执{receipt}）");
            leave::end(scene, facts, LeaveType::Police, to, by)
        }
    }
}
