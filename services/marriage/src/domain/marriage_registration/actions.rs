//! The table of acts: who may do what from which state (rules A2.3).

use yiwang_casework::{
    ActionSpec, By,
    acts::{act, changes, grave, of, with},
    ripple::{Change, Whom},
};

use super::{
    action as data,
    state::{REGISTRARS, State},
};

use State::{Checking, Declaration, HandedOver, Registered, Review};

type Spec = ActionSpec<State>;

const REGISTRAR: By = By::Roles(REGISTRARS);
/// Nothing is registered yet.
const OPEN: &[State] = &[Checking, Declaration, Review];
/// As long as the two stand at the counter.
const SEEN: &[State] = &[Checking, Declaration, Review, Registered];
/// The police have answered.
const ANSWERED: &[State] = &[Declaration, Review];

/// The acts, what is done most often first in each state.
pub(super) static ACTS: &[Spec] = &[
    act(
        "identity_answered",
        "身份核对结果",
        "公安人口信息库返回核对结果。",
        By::System,
        &[Checking],
    ),
    with(
        act(
            "declare",
            "双方签署声明",
            "双方阅读《申请结婚登记声明书》，在登记员面前亲自签名、按指印；请同时出示重大疾病告知提示。不能代签，不能视频办理。",
            REGISTRAR,
            ANSWERED,
        ),
        of::<data::Declare>,
    ),
    changes(
        Change::Marriage,
        Whom::Everybody,
        with(
            act(
                "register",
                "准予登记",
                "分别询问双方是否完全自愿。系统当场核对年龄、亲属关系、婚姻状况和身份，全部符合即登记并生成结婚证字号，不能撤回。发现疑似被拐卖、受胁迫的，先不要登记，立即报告公安机关并告知求助途径。",
                REGISTRAR,
                &[Review],
            ),
            of::<data::Register>,
        ),
    ),
    with(
        act(
            "prove_status",
            "登记证明材料",
            "联网核对与本人声明不一致时才需要：离婚凭离婚证、法院文书，丧偶凭死亡证明和结婚证。核对一致的不得要求提供。",
            REGISTRAR,
            ANSWERED,
        ),
        of::<data::ProveStatus>,
    ),
    act(
        "recheck_identity",
        "重新核对身份",
        "核对不一致、核对结果不是当天的，或者一直没有结果时使用。",
        REGISTRAR,
        OPEN,
    ),
    grave(with(
        act(
            "refuse",
            "不予登记",
            "只有法律规定的情形才能不予登记，须当面说明理由；系统生成《不予办理结婚登记告知书》。",
            REGISTRAR,
            OPEN,
        ),
        of::<data::Refuse>,
    )),
    grave(with(
        act(
            "cancel",
            "取消申请",
            "双方改日再办，或者信息录入有误需要重新受理时使用，不影响双方再次申请。",
            REGISTRAR,
            OPEN,
        ),
        of::<data::Cancel>,
    )),
    with(
        act(
            "report_violence",
            "登记家庭暴力、拐卖线索",
            "先停下来，把双方分开，单独询问。登记线索以后这次申请不能再准予登记；打印求助指引只交给受害的一方，线索通报公安机关和妇联。当事人双方都看不到这条记录；之后请用“取消申请”结束，原因只写改日再办。",
            REGISTRAR,
            SEEN,
        ),
        of::<data::ReportViolence>,
    ),
    with(
        act(
            "deliver",
            "颁发结婚证",
            "男女双方各领一本，核对内容后当面签收。颁证仪式自愿参加。",
            REGISTRAR,
            &[Registered],
        ),
        of::<data::Deliver>,
    ),
    act(
        "archive",
        "归档",
        "一对一卷：声明书、审查处理表、照片和证明材料齐全后归档。",
        REGISTRAR,
        &[HandedOver],
    ),
];
