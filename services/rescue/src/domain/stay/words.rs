//! Code lists of a stay (rules C4).

yiwang_casework::code_list! {
    /// How the person came 来站方式.
    Source {
        Own = "own", "自行求助";
        Police = "police", "公安机关护送";
        Urban = "urban", "城管部门护送";
        Public = "public", "群众护送";
        Hospital = "hospital", "医院移送";
        Patrol = "patrol", "街面巡查";
        Transfer = "transfer", "外站移交";
    }
}

impl Source {
    /// An office hands over: who stands for it is written down with name and number.
    #[must_use]
    pub fn is_office(self) -> bool {
        matches!(
            self,
            Self::Police | Self::Urban | Self::Hospital | Self::Transfer
        )
    }
}

yiwang_casework::code_list! {
    /// Why the person is in need 求助原因.
    Reason {
        NoWork = "no_work", "务工不着";
        NoRelatives = "no_relatives", "寻亲不遇";
        Lost = "lost", "走失";
        Robbed = "robbed", "被偷被骗";
        Violence = "violence", "遭受家庭暴力";
        Abandoned = "abandoned", "被遗弃";
        Trafficked = "trafficked", "被拐卖";
        Homeless = "homeless", "流浪";
        Begging = "begging", "乞讨";
        Other = "other", "其他";
    }
}

impl Reason {
    /// The police are told at once (民发〔2015〕158号).
    #[must_use]
    pub fn to_police(self) -> bool {
        matches!(self, Self::Lost | Self::Abandoned | Self::Trafficked)
    }
}

yiwang_casework::code_list! {
    /// What is asked for 求助类型.
    Help {
        Living = "living", "生活";
        Medical = "medical", "医疗";
        Return = "return", "返乡";
        Settlement = "settlement", "临时安置";
        Education = "education", "教育矫治";
        Foster = "foster", "家庭寄养";
        Other = "other", "其他";
    }
}

yiwang_casework::code_list! {
    /// What is seen or diagnosed (RSP 7–10).
    Sign {
        Critical = "critical", "危重";
        Wounds = "wounds", "明显外伤";
        Infectious = "infectious", "疑似传染病";
        Mental = "mental", "疑似精神障碍";
        Intellectual = "intellectual", "智力残疾";
        Physical = "physical", "肢体残疾、行动不便";
        Drunk = "drunk", "酒后，能自己行走";
        Stupor = "stupor", "醉酒，不能自己行走";
        Danger = "danger", "有暴力、自伤举动或者携带危险物品";
        Wanted = "wanted", "疑似在逃、违法犯罪";
        Drugs = "drugs", "疑似吸毒";
    }
}

impl Sign {
    /// Hospital first.
    #[must_use]
    pub fn hospital_first(self) -> bool {
        matches!(
            self,
            Self::Critical | Self::Wounds | Self::Infectious | Self::Mental | Self::Stupor
        )
    }

    /// Police first.
    #[must_use]
    pub fn police_first(self) -> bool {
        matches!(self, Self::Danger | Self::Wanted | Self::Drugs)
    }

    /// Somebody who never leaves alone.
    #[must_use]
    pub fn guards(self) -> bool {
        matches!(self, Self::Mental | Self::Intellectual)
    }

    /// Still under treatment: help does not end.
    #[must_use]
    pub fn is_illness(self) -> bool {
        matches!(
            self,
            Self::Critical | Self::Wounds | Self::Infectious | Self::Mental
        )
    }
}

yiwang_casework::code_list! {
    /// Grounds for 不予救助.
    Ground {
        NoCheck = "no_check", "拒绝安全检查";
        AbleToPay = "able_to_pay", "有能力自行解决食宿";
        OnlyCash = "only_cash", "只索要现金，不接受站内救助";
        Silent = "silent", "拒不说明求助需要";
        NotObject = "not_object", "来意是诉讼、信访、看病等，不属于救助对象";
    }
}

yiwang_casework::code_list! {
    /// Grounds for 终止救助.
    EndGround {
        Ineligible = "ineligible", "不符合救助条件";
        FalseData = "false_data", "故意提供虚假情况";
        Disorder = "disorder", "严重违反站内管理，劝阻无效";
        Over = "over", "救助期满、已经解决困难，无正当理由不离站";
    }
}

yiwang_casework::code_list! {
    /// What an identification stands on; a face or a place alone never does.
    Basis {
        Police = "police", "公安机关核实";
        Dna = "dna", "DNA比对";
        Documents = "documents", "本人有效身份证件";
        Match = "match", "寻亲比对，已经两人复核并经公安核实";
    }
}

yiwang_casework::code_list! {
    /// How the person left 离站方式.
    LeaveType {
        OwnWord = "own_word", "自行离站";
        Fetched = "fetched", "亲属接领";
        Escorted = "escorted", "护送返乡";
        Unit = "unit", "单位、流出地接回";
        Police = "police", "移交公安机关";
        Hospital = "hospital", "移交医疗机构";
        Welfare = "welfare", "移交福利机构";
        Ended = "ended", "终止救助";
        Absconded = "absconded", "擅自离站";
        Died = "died", "死亡";
        Settled = "settled", "落户安置";
    }
}

yiwang_casework::code_list! {
    /// Kinds of care.
    CareKind {
        Meal = "meal", "用餐";
        Medicine = "medicine", "服药、治疗";
        Bath = "bath", "洗浴、更衣";
        Health = "health", "健康观察";
        Contact = "contact", "与家人联系";
        Activity = "activity", "活动、心理疏导";
        Incident = "incident", "异常情况";
        Round = "round", "巡房";
    }
}

yiwang_casework::code_list! {
    /// To whom belongings go.
    GivenTo {
        Own = "returned", "交还本人";
        Family = "family", "交给亲属";
        Police = "police", "交公安机关";
    }
}

yiwang_casework::code_list! {
    /// Relation of who fetches.
    Relation {
        Spouse = "spouse", "配偶";
        Parent = "parent", "父母";
        Child = "child", "成年子女";
        Sibling = "sibling", "兄弟姐妹";
        Grandparent = "grandparent", "祖父母、外祖父母";
        Guardian = "guardian", "其他监护人";
        Relative = "relative", "其他亲属";
    }
}

yiwang_casework::code_list! {
    /// Who takes the person over.
    Receiver {
        Police = "police", "公安机关";
        Hospital = "hospital", "医疗机构";
        Welfare = "welfare", "福利机构、未成年人救助保护机构";
        Unit = "unit", "所在单位、流出地救助管理机构";
    }
}

impl Receiver {
    /// As a way of leaving.
    #[must_use]
    pub fn leave_type(self) -> LeaveType {
        match self {
            Self::Police => LeaveType::Police,
            Self::Hospital => LeaveType::Hospital,
            Self::Welfare => LeaveType::Welfare,
            Self::Unit => LeaveType::Unit,
        }
    }
}

yiwang_casework::code_list! {
    /// How the journey is paid; never in cash but for the short local fare.
    Ticket {
        None = "none", "不需要";
        Direct = "direct", "乘车凭证，直达";
        Transfer = "transfer", "乘车凭证，到指定中转站";
    }
}

yiwang_casework::code_list! {
    /// How a stranded person is cared for (民发〔2015〕158号).
    CareForm {
        House = "house", "站内照料";
        Hospital = "hospital", "医院照料";
        Welfare = "welfare", "福利机构照料";
        Foster = "foster", "委托机构托养";
    }
}

yiwang_casework::code_list! {
    /// Why a minor is in need, for who takes over the guardianship (未成年人保护法92).
    Cause {
        Wandering = "wandering", "流浪乞讨或者身份不明，暂时找不到监护人";
        GuardianMissing = "guardian_missing", "监护人下落不明";
        GuardianUnable = "guardian_unable", "监护人暂时不能履行监护职责";
        GuardianRefuses = "guardian_refuses", "监护人拒绝履行监护职责";
        Harm = "harm", "监护人伤害";
        Trafficked = "trafficked", "被拐卖";
    }
}

yiwang_casework::code_list! {
    /// Who cares for a minor whom civil affairs guard for a time (未成年人保护法93).
    TempCare {
        Kin = "kin", "委托亲属抚养";
        Family = "family", "家庭寄养";
        Protection = "protection", "交由未成年人救助保护机构收留、抚养";
        Welfare = "welfare", "交由儿童福利机构收留、抚养";
    }
}
