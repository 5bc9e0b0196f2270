//! Code lists of the form and of the officers' acts (rules A4).

use yiwang_casework::code_list;

code_list! {
    /// Relation to the applicant 与申请人关系.
    Relation {
        Spouse = "spouse", "配偶";
        Child = "child", "子女";
        ChildSpouse = "child_spouse", "儿媳或女婿";
        Parent = "parent", "父母";
        Grandparent = "grandparent", "祖父母或外祖父母";
        Grandchild = "grandchild", "孙子女或外孙子女";
        Sibling = "sibling", "兄弟姐妹";
        Other = "other", "其他";
    }
}

code_list! {
    /// Where a person lives; decides who counts (民发〔2021〕57号第七条).
    Situation {
        Together = "together", "与申请人长期共同生活";
        Apart = "apart", "不在一起生活";
        Clergy = "clergy", "宗教教职人员，在宗教场所生活";
        Prison = "prison", "正在服刑";
        Detention = "detention", "正在强制隔离戒毒";
        Missing = "missing", "已被宣告失踪";
    }
}

code_list! {
    /// Marital status 婚姻状况 (GB/T 2261.2 in words).
    Marital {
        Single = "single", "未婚";
        Married = "married", "已婚";
        Widowed = "widowed", "丧偶";
        Divorced = "divorced", "离婚";
    }
}

code_list! {
    /// School status 在校状况.
    Student {
        None = "none", "不在校";
        School = "school", "幼儿园、小学、初中、高中或中职";
        Undergraduate = "undergraduate", "全日制大专或本科";
        PartTime = "part_time", "非全日制大专或本科";
        Postgraduate = "postgraduate", "研究生";
    }
}

code_list! {
    /// Health 健康状况; disability is asked apart.
    Health {
        Healthy = "healthy", "健康";
        Chronic = "chronic", "慢性病";
        Serious = "serious", "重病";
    }
}

code_list! {
    /// Kind of disability 残疾类别 as on the disability card.
    Disability {
        None = "none", "没有残疾人证";
        Sight = "sight", "视力";
        Hearing = "hearing", "听力";
        Speech = "speech", "言语";
        Limbs = "limbs", "肢体";
        Intellectual = "intellectual", "智力";
        Mental = "mental", "精神";
        Multiple = "multiple", "多重";
    }
}

code_list! {
    /// Labour ability 劳动能力.
    Labour {
        Full = "full", "有劳动能力";
        Partial = "partial", "部分丧失";
        Lost = "lost", "完全丧失";
        None = "none", "无（未成年或老年等）";
    }
}

code_list! {
    /// Whether income is written per month or for the last twelve months.
    IncomeBasis {
        Monthly = "monthly", "按每月填写";
        Yearly = "yearly", "按近12个月合计填写";
    }
}

code_list! {
    /// Money that the law does not count as income (民发〔2021〕57号第十三条).
    UncountedKind {
        Veteran = "veteran", "优待抚恤金";
        FamilyPlanning = "family_planning", "计划生育奖励和扶助金";
        Scholarship = "scholarship", "奖学金";
        Bravery = "bravery", "见义勇为奖励";
        Assistance = "assistance", "社会救助款物";
        BasicPension = "basic_pension", "城乡居民基础养老金";
        DisabilitySubsidy = "disability_subsidy", "残疾人两项补贴";
        FactualOrphan = "factual_orphan", "事实无人抚养儿童基本生活补贴";
        OldAge = "old_age", "高龄津贴";
    }
}

code_list! {
    /// Kind of vehicle; the last three do not count.
    Vehicle {
        Car = "car", "轿车或客车";
        Truck = "truck", "货车";
        Machinery = "machinery", "大型农机或工程机械";
        Scooter = "disabled_scooter", "残疾人代步车";
        Motorbike = "motorbike", "燃油摩托车";
        Ebike = "ebike", "电动自行车";
    }
}

code_list! {
    /// Business registration 市场主体登记.
    Business {
        None = "none", "没有";
        SmallShop = "small_shop", "无雇员的小店或摊位";
        Company = "company", "公司、合伙企业或有雇员的个体户";
    }
}

code_list! {
    /// Kind of household registration 户籍类型; decides the scale of the standard.
    Scale {
        Rural = "rural", "农村";
        Urban = "urban", "城镇";
    }
}

code_list! {
    /// Whole household or one person alone (民发〔2021〕57号第八条).
    Scope {
        Household = "household", "全家一起申请";
        Single = "single", "低保边缘家庭中的重残、重病等人员单独申请";
    }
}

code_list! {
    /// Cause of hardship 致困原因.
    Cause {
        Illness = "illness", "疾病";
        Disability = "disability", "残疾";
        NoLabour = "no_labour", "缺少劳力";
        Unemployed = "unemployed", "失业";
        LandLost = "land_lost", "失地";
        Schooling = "schooling", "就学";
        Disaster = "disaster", "灾害";
        Accident = "accident", "突发事件";
        OldAge = "old_age", "年老";
        Other = "other", "其他";
    }
}

code_list! {
    /// Way of investigating 调查方式.
    VisitKind {
        Home = "home", "入户调查";
        Neighbours = "neighbours", "邻里访问";
        Letter = "letter", "信函索证";
        Video = "video", "电话或视频（突发事件期间）";
    }
}

code_list! {
    /// Coded reason for up to 45 working days (民发〔2021〕57号第二十二条；N22 四).
    ExtensionReason {
        Objection = "notice_objection", "公示有异议";
        RegistrationApart = "registered_elsewhere", "人户分离";
        Remote = "applied_elsewhere", "异地申办";
        Difficult = "hard_investigation", "经济状况调查难度较大";
    }
}

code_list! {
    /// What a recheck comes to 核查结果; grace is 渐退期.
    Outcome {
        Unchanged = "unchanged", "不变";
        Raise = "raise", "增发";
        Cut = "cut", "减发";
        Stop = "stop", "停发";
        Grace = "grace", "进入渐退期";
    }
}

code_list! {
    /// Why support ends 停发原因.
    StopReason {
        Income = "income", "收入超过标准";
        Property = "property", "财产超过规定";
        Death = "death", "死亡";
        Moved = "moved", "户籍迁出";
        Uncooperative = "uncooperative", "拒不配合核查";
        Fraud = "fraud", "骗取救助";
        GraceOver = "grace_over", "就业渐退期满";
        Prison = "prison", "服刑";
        Destitute = "destitute", "转特困供养";
        Orphan = "orphan", "转孤儿或事实无人抚养儿童保障";
        Voluntary = "voluntary", "自愿退出";
    }
}

code_list! {
    /// Why a recheck was opened.
    RecheckCause {
        Periodic = "periodic", "定期核查";
        Reported = "reported", "家庭报告情况变化";
        Comparison = "comparison", "数据比对";
        Complaint = "complaint", "投诉举报";
        JobRefusal = "job_refusal", "连续三次拒绝就业";
        Death = "death", "家庭成员死亡";
        DeathRevoked = "death_revoked", "死亡登记撤销";
        Marital = "marital", "婚姻状况变化";
        Found = "found", "走失人员寻回";
    }
}

impl RecheckCause {
    /// Not for the family: somebody complained, or a station knows where somebody is.
    #[must_use]
    pub fn is_for_officers(self) -> bool {
        matches!(self, Self::Complaint | Self::Found)
    }
}

code_list! {
    /// How a written refusal reached the applicant 送达方式.
    Delivery {
        InPerson = "in_person", "直接送达";
        Agent = "agent", "交成年同住家属或代收人";
        Left = "left", "留置送达";
        Mail = "mail", "邮寄送达";
        Electronic = "electronic", "经同意的电子送达";
        Entrusted = "entrusted", "委托送达";
        Notice = "notice", "公告送达";
    }
}

code_list! {
    /// Category of the supplement 分类施保 (社会救助法第二十条).
    Category {
        Elderly = "elderly", "老年人";
        Minor = "minor", "未成年人";
        SevereDisability = "severe_disability", "重度残疾人";
        SeriousIllness = "serious_illness", "重病患者";
    }
}

code_list! {
    /// What the check centre's report says.
    CheckVerdict {
        Consistent = "consistent", "与申报一致";
        Contradiction = "contradiction", "与申报不一致";
    }
}
