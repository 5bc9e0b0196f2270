//! The table of acts: who may do what from which state (rules A2.4).

use yiwang_casework::{ActionSpec, By};

use super::{
    action as data,
    state::{RUNNING, SEEN, State, UNDECIDED},
};
use crate::domain::desk::{COUNTER, OFFICE};
use yiwang_casework::acts::{act, changes, grave, of, with};
use yiwang_casework::ripple::{Change, Whom};

use State::{Applied, Cooling, HandedOver, Registered};

const TO_COUNTER: By = By::Roles(COUNTER);
const TO_OFFICE: By = By::Roles(OFFICE);

/// All acts.
pub(super) const ACTS: &[ActionSpec<State>] = &[
    act(
        "identity_answered",
        "身份核验结果",
        "",
        By::System,
        UNDECIDED,
    ),
    act(
        "recheck_identity",
        "重新核验身份",
        "核验结果只在当天有效：受理当天、申领离婚证当天都要有结果。长时间没有结果或者结果有误的，也用这一步。",
        TO_COUNTER,
        UNDECIDED,
    ),
    with(
        act(
            "accept",
            "受理",
            "双方到场、协议齐备即受理，当场交付受理回执单，冷静期从次日起算。",
            TO_COUNTER,
            &[Applied],
        ),
        of::<data::Accept>,
    ),
    grave(with(
        act(
            "not_accept",
            "不予受理",
            "只限法定情形，出具《不予受理离婚登记申请告知书》。",
            TO_COUNTER,
            &[Applied],
        ),
        of::<data::NotAccept>,
    )),
    grave(with(
        act(
            "withdraw",
            "撤回申请",
            "任何一方都可以单独撤回，冷静期最后一日下班前有效。",
            TO_COUNTER,
            RUNNING,
        ),
        of::<data::Withdraw>,
    )),
    with(
        act(
            "amend_agreement",
            "变更离婚协议",
            "双方一同到场才能变更，不影响冷静期和领证期限。",
            TO_COUNTER,
            RUNNING,
        ),
        of::<data::AmendAgreement>,
    ),
    act("cooling_ended", "冷静期届满", "", By::System, &[Cooling]),
    act("window_ended", "领证期限届满", "", By::System, RUNNING),
    changes(
        Change::MarriageEnded,
        Whom::Everybody,
        grave(with(
            act(
                "register",
                "准予离婚登记",
                "收回或核对回执单，双方一同到场，分别询问，当场发给离婚证。",
                TO_COUNTER,
                RUNNING,
            ),
            of::<data::Register>,
        )),
    ),
    with(
        act(
            "deliver",
            "颁发离婚证",
            "双方当场签收；结婚证注明失效后退还。",
            TO_COUNTER,
            &[Registered],
        ),
        of::<data::Deliver>,
    ),
    act("archive", "归档", "一对一卷。", TO_OFFICE, &[HandedOver]),
    with(
        act("end", "程序终止", "", By::System, UNDECIDED),
        of::<data::End>,
    ),
    with(
        act(
            "report_violence",
            "登记家庭暴力、拐卖线索",
            "先停下来，把双方分开，保护当事人；打印求助指引只交给受害的一方，线索通报公安机关和妇联。当事人双方都看不到这条记录，任何期限都不变。",
            TO_OFFICE,
            SEEN,
        ),
        of::<data::ReportViolence>,
    ),
    with(
        act(
            "offer_counselling",
            "提供辅导和调解",
            "自愿、免费，不是办理条件，不影响任何期限。",
            TO_OFFICE,
            UNDECIDED,
        ),
        of::<data::OfferCounselling>,
    ),
];
