//! The table of acts (rules B2.4, B2.5).

use yiwang_casework::{
    ActionSpec, By,
    acts::{act, grave, of, with},
};

use super::{
    action as data,
    state::{ABOVE, ALL_ROLES, DESK, OPEN, State, TOWNSHIP, VISITED},
};
use crate::domain::welfare::visit::Visit;

const SERVED: &[State] = &[State::Verified, State::InService, State::AtRisk];

/// All acts.
pub(super) const ACTS: &[ActionSpec<State>] = &[
    with(
        act(
            "register",
            "登记建档",
            "上门了解情况以后登记。",
            By::Roles(DESK),
            &[State::Discovered],
        ),
        of::<data::Situation>,
    ),
    with(
        act(
            "verify",
            "核实",
            "登记和核实不能是同一个人。",
            By::Roles(ABOVE),
            &[State::Registered],
        ),
        of::<data::Verify>,
    ),
    with(
        act(
            "letter",
            "登记监护责任确认书",
            "父母或者受托人签字，上传照片。",
            By::Roles(DESK),
            SERVED,
        ),
        of::<data::Letter>,
    ),
    with(
        act(
            "start",
            "开始关爱服务",
            "写明服务安排；没有签确认书的写明原因。",
            By::Roles(DESK),
            &[State::Verified],
        ),
        of::<data::Start>,
    ),
    with(
        act(
            "visit",
            "登记走访",
            "六项都要看，尽量单独和儿童谈。有危险的马上报告，找不到人的马上报警。",
            By::Roles(ALL_ROLES),
            VISITED,
        ),
        of::<Visit>,
    ),
    with(
        act(
            "sync_visit",
            "上传手机走访",
            "由手机页面办理。",
            By::Roles(ALL_ROLES),
            VISITED,
        ),
        of::<data::SyncVisit>,
    ),
    with(
        act(
            "settle_visit",
            "选定走访内容",
            "两部手机写得不一样的，选一个。",
            By::Roles(DESK),
            VISITED,
        ),
        of::<data::SettleVisit>,
    ),
    with(
        act("serve", "登记服务", "", By::Roles(ALL_ROLES), SERVED),
        of::<data::Serve>,
    ),
    with(
        act(
            "set_level",
            "调整风险等级",
            "下调要由儿童督导员办理。",
            By::Roles(DESK),
            VISITED,
        ),
        of::<data::SetLevel>,
    ),
    with(
        act(
            "refresh",
            "更新档案",
            "每半年核对一次，情况变了随时更新。",
            By::Roles(DESK),
            SERVED,
        ),
        of::<data::Situation>,
    ),
    with(
        act(
            "close_risk",
            "风险处理完毕",
            "见到儿童、确认安全以后办理。",
            By::Roles(ABOVE),
            &[State::AtRisk],
        ),
        of::<data::CloseRisk>,
    ),
    grave(with(
        act(
            "move_out",
            "转给迁入地",
            "先联系好迁入地接收人。",
            By::Roles(TOWNSHIP),
            VISITED,
        ),
        of::<data::MoveOut>,
    )),
    grave(with(
        act(
            "end",
            "结束关爱服务",
            "儿童有危险的不能结束。",
            By::Roles(ABOVE),
            &[
                State::Discovered,
                State::Registered,
                State::Verified,
                State::InService,
            ],
        ),
        of::<data::End>,
    )),
    act("visit_overdue", "走访逾期", "", By::System, VISITED),
    act("county_alarm", "走访逾期报县", "", By::System, VISITED),
    act("aged", "年龄到期", "", By::System, OPEN),
    with(
        act("risk_raised", "保护个案已经开始", "", By::System, OPEN),
        of::<data::CaseNumber>,
    ),
    with(
        act("adopted", "儿童被收养", "", By::System, OPEN),
        of::<data::Adopted>,
    ),
    with(
        act("child_died", "儿童死亡", "", By::System, OPEN),
        of::<data::ChildDied>,
    ),
    with(
        act("person_changed", "家庭成员变动", "", By::System, OPEN),
        of::<data::PersonChanged>,
    ),
    with(
        act("custody_changed", "监护变动", "", By::System, OPEN),
        of::<data::CustodyChanged>,
    ),
];
