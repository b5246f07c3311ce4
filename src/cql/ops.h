/* All system operators and functions of CQL 1.5.3: the one list. Include with OP defined.
 *
 *   OP(name, id, nulls, section, signatures)
 *
 * name        the CQL function name, also the operator name in the syntax tree.
 * id          C function ost_op_<id>(call, args, count) in src/cql/op/, one for all overloads: it
 * looks at
 *             the kinds of its arguments.
 * nulls       STRICT: the engine answers null when any argument is null and does not call the
 * function.
 *             SEES: the function gets nulls and decides. Precision and flags are never null.
 * section     heading of the CQL 1.5.3 reference (Appendix B) that says what it does.
 * signatures  overloads, ";" between: "parameter,parameter:result". T, U are type variables;
 * `Point` stands
 *             for any type with order and successor. "X?" may be left out. "Precision" is an
 *             Integer with an ost_time_unit that the syntax gives ("day of") and is 0 when
 *             absent. */
#ifndef OP
#error "define OP(name, id, nulls, section, signatures) before including ops.h"
#endif

/* Logical: also compiled as jumps; these are used where both sides are values already. */
OP("And", and, SEES, "logical: And", "Boolean,Boolean:Boolean")
OP("Or", or, SEES, "logical: Or", "Boolean,Boolean:Boolean")
OP("Xor", xor, SEES, "logical: Xor", "Boolean,Boolean:Boolean")
OP("Implies", implies, SEES, "logical: Implies", "Boolean,Boolean:Boolean")
OP("Not", not, STRICT, "logical: Not", "Boolean:Boolean")

/* Nullological. Coalesce over arguments is compiled as jumps; this is the list form. */
OP("IsNull", is_null, SEES, "nullological: IsNull", "Any:Boolean")
OP("IsTrue", is_true, SEES, "nullological: IsTrue", "Boolean:Boolean")
OP("IsFalse", is_false, SEES, "nullological: IsFalse", "Boolean:Boolean")
OP("Coalesce", coalesce, SEES, "nullological: Coalesce", "List<T>:T")

/* Comparison. */
OP("Equal", equal, SEES, "comparison: Equal", "T,T:Boolean")
OP("NotEqual", not_equal, SEES, "comparison: Not Equal", "T,T:Boolean")
OP("Equivalent", equivalent, SEES, "comparison: Equivalent",
   "T,T:Boolean;Code,Concept:Boolean;Concept,Code:Boolean")
OP("NotEquivalent", not_equivalent, SEES, "comparison: Not Equivalent",
   "T,T:Boolean;Code,Concept:Boolean;Concept,Code:Boolean")
#define ORDERED                                                                                    \
    "Integer,Integer:Boolean;Long,Long:Boolean;Decimal,Decimal:Boolean;String,String:Boolean;"     \
    "Date,Date:Boolean;DateTime,DateTime:Boolean;Time,Time:Boolean;Quantity,Quantity:Boolean"
OP("Less", less, STRICT, "comparison: Less", ORDERED)
OP("LessOrEqual", less_or_equal, STRICT, "comparison: Less Or Equal", ORDERED)
OP("Greater", greater, STRICT, "comparison: Greater", ORDERED)
OP("GreaterOrEqual", greater_or_equal, STRICT, "comparison: Greater Or Equal", ORDERED)

/* Arithmetic. */
#define NUMERIC_2 "Integer,Integer:Integer;Long,Long:Long;Decimal,Decimal:Decimal"
#define NUMERIC_1 "Integer:Integer;Long:Long;Decimal:Decimal"
OP("Abs", abs, STRICT, "arithmetic: Abs", NUMERIC_1 ";Quantity:Quantity")
OP("Add", add, STRICT, "arithmetic: Add; date and time: Add; string: Concatenate",
   NUMERIC_2 ";Quantity,Quantity:Quantity;Date,Quantity:Date;DateTime,Quantity:DateTime;"
             "Time,Quantity:Time;String,String:String;Interval<T>,Interval<T>:Interval<T>")
OP("Subtract", subtract, STRICT, "arithmetic: Subtract; date and time: Subtract",
   NUMERIC_2 ";Quantity,Quantity:Quantity;Date,Quantity:Date;DateTime,Quantity:DateTime;"
             "Time,Quantity:Time")
OP("Multiply", multiply, STRICT, "arithmetic: Multiply",
   NUMERIC_2 ";Quantity,Quantity:Quantity;Quantity,Decimal:Quantity;Decimal,Quantity:Quantity")
OP("Divide", divide, STRICT, "arithmetic: Divide",
   "Decimal,Decimal:Decimal;Quantity,Quantity:Quantity;Quantity,Decimal:Quantity")
OP("TruncatedDivide", truncated_divide, STRICT, "arithmetic: Truncated Divide",
   NUMERIC_2 ";Quantity,Quantity:Quantity")
OP("Modulo", modulo, STRICT, "arithmetic: Modulo", NUMERIC_2 ";Quantity,Quantity:Quantity")
OP("Negate", negate, STRICT, "arithmetic: Negate", NUMERIC_1 ";Quantity:Quantity")
OP("Ceiling", ceiling, STRICT, "arithmetic: Ceiling", "Decimal:Integer")
OP("Floor", floor, STRICT, "arithmetic: Floor", "Decimal:Integer")
OP("Truncate", truncate, STRICT, "arithmetic: Truncate", "Decimal:Integer")
OP("Round", round, STRICT, "arithmetic: Round", "Decimal,Integer?:Decimal")
OP("Exp", exp, STRICT, "arithmetic: Exp", "Decimal:Decimal")
OP("Ln", ln, STRICT, "arithmetic: Ln", "Decimal:Decimal")
OP("Log", log, STRICT, "arithmetic: Log", "Decimal,Decimal:Decimal")
OP("Power", power, STRICT, "arithmetic: Power", NUMERIC_2)
OP("Successor", successor, STRICT, "arithmetic: Successor",
   NUMERIC_1 ";Quantity:Quantity;Date:Date;DateTime:DateTime;Time:Time")
OP("Predecessor", predecessor, STRICT, "arithmetic: Predecessor",
   NUMERIC_1 ";Quantity:Quantity;Date:Date;DateTime:DateTime;Time:Time")
OP("Precision", precision, STRICT, "arithmetic: Precision",
   "Decimal:Integer;Date:Integer;DateTime:Integer;Time:Integer")
OP("LowBoundary", low_boundary, SEES, "arithmetic: LowBoundary",
   "Decimal,Integer?:Decimal;Date,Integer?:Date;DateTime,Integer?:DateTime;Time,Integer?:Time")
OP("HighBoundary", high_boundary, SEES, "arithmetic: HighBoundary",
   "Decimal,Integer?:Decimal;Date,Integer?:Date;DateTime,Integer?:DateTime;Time,Integer?:Time")

/* String. "Concatenate" is `&`: nulls are empty. */
OP("Concatenate", concatenate, SEES, "string: Concatenate", "String,String:String")
OP("Combine", combine, SEES, "string: Combine", "List<String>,String?:String")
OP("Split", split, SEES, "string: Split", "String,String:List<String>")
OP("SplitOnMatches", split_on_matches, SEES, "string: SplitOnMatches", "String,String:List<String>")
OP("Length", length, STRICT, "string: Length", "String:Integer")
/* Length(list): the name of its own lets null as a list have no items, where null as text has no
 * length. */
OP("ListLength", list_length, SEES, "list: Length", "List<T>:Integer")
OP("Upper", upper, STRICT, "string: Upper", "String:String")
OP("Lower", lower, STRICT, "string: Lower", "String:String")
OP("Indexer", indexer, STRICT, "string: Indexer; list: Indexer",
   "String,Integer:String;List<T>,Integer:T")
OP("PositionOf", position_of, STRICT, "string: PositionOf", "String,String:Integer")
OP("LastPositionOf", last_position_of, STRICT, "string: LastPositionOf", "String,String:Integer")
OP("Substring", substring, STRICT, "string: Substring", "String,Integer,Integer?:String")
OP("StartsWith", starts_with, STRICT, "string: StartsWith", "String,String:Boolean")
OP("EndsWith", ends_with, STRICT, "string: EndsWith", "String,String:Boolean")
OP("Matches", matches, STRICT, "string: Matches", "String,String:Boolean")
OP("ReplaceMatches", replace_matches, STRICT, "string: ReplaceMatches",
   "String,String,String:String")

/* Conversion. The checker also inserts these for implicit conversions. */
OP("ToBoolean", to_boolean, STRICT, "type: ToBoolean",
   "String:Boolean;Integer:Boolean;Long:Boolean;Decimal:Boolean;Boolean:Boolean")
OP("ToInteger", to_integer, STRICT, "type: ToInteger",
   "String:Integer;Boolean:Integer;Long:Integer;Integer:Integer;Decimal:Integer")
OP("ToLong", to_long, STRICT, "type: ToLong",
   "String:Long;Boolean:Long;Integer:Long;Long:Long;Decimal:Long")
OP("ToDecimal", to_decimal, STRICT, "type: ToDecimal",
   "String:Decimal;Boolean:Decimal;Integer:Decimal;Long:Decimal;Decimal:Decimal")
OP("ToString", to_string, STRICT, "type: ToString",
   "Boolean:String;Integer:String;Long:String;Decimal:String;Quantity:String;Ratio:String;"
   "Date:String;DateTime:String;Time:String;String:String")
OP("ToDate", to_date, STRICT, "type: ToDate", "String:Date;DateTime:Date;Date:Date")
OP("ToDateTime", to_date_time, STRICT, "type: ToDateTime",
   "String:DateTime;Date:DateTime;DateTime:DateTime")
OP("ToTime", to_time, STRICT, "type: ToTime", "String:Time;Time:Time;DateTime:Time")
OP("ToQuantity", to_quantity, STRICT, "type: ToQuantity",
   "String:Quantity;Integer:Quantity;Long:Quantity;Decimal:Quantity;Ratio:Quantity;"
   "Quantity:Quantity")
OP("ToRatio", to_ratio, STRICT, "type: ToRatio", "String:Ratio;Ratio:Ratio")
OP("ToConcept", to_concept, STRICT, "type: ToConcept",
   "Code:Concept;List<Code>:Concept;Concept:Concept")
OP("ToInterval", to_interval, STRICT, "implicit conversions: promotion of a point", "T:Interval<T>")
OP("ToList", to_list, SEES, "implicit conversions: list promotion", "T:List<T>")
OP("ToChars", to_chars, STRICT, "type: ToChars", "String:List<String>")
OP("ConvertsToBoolean", converts_to_boolean, STRICT, "type: ConvertsToBoolean", "Any:Boolean")
OP("ConvertsToInteger", converts_to_integer, STRICT, "type: ConvertsToInteger", "Any:Boolean")
OP("ConvertsToLong", converts_to_long, STRICT, "type: ConvertsToLong", "Any:Boolean")
OP("ConvertsToDecimal", converts_to_decimal, STRICT, "type: ConvertsToDecimal", "Any:Boolean")
OP("ConvertsToString", converts_to_string, STRICT, "type: ConvertsToString", "Any:Boolean")
OP("ConvertsToDate", converts_to_date, STRICT, "type: ConvertsToDate", "Any:Boolean")
OP("ConvertsToDateTime", converts_to_date_time, STRICT, "type: ConvertsToDateTime", "Any:Boolean")
OP("ConvertsToTime", converts_to_time, STRICT, "type: ConvertsToTime", "Any:Boolean")
OP("ConvertsToQuantity", converts_to_quantity, STRICT, "type: ConvertsToQuantity", "Any:Boolean")
OP("ConvertsToRatio", converts_to_ratio, STRICT, "type: ConvertsToRatio", "Any:Boolean")
OP("ConvertQuantity", convert_quantity, STRICT, "type: ConvertQuantity", "Quantity,String:Quantity")
OP("CanConvertQuantity", can_convert_quantity, STRICT, "type: CanConvertQuantity",
   "Quantity,String:Boolean")

/* Date and time. */
OP("Date", date, SEES, "date and time: Date", "Integer,Integer?,Integer?:Date")
OP("DateTime", date_time, SEES, "date and time: DateTime",
   "Integer,Integer?,Integer?,Integer?,Integer?,Integer?,Integer?,Decimal?:DateTime")
OP("Time", time, SEES, "date and time: Time", "Integer,Integer?,Integer?,Integer?:Time")
OP("Now", now, STRICT, "date and time: Now", ":DateTime")
OP("Today", today, STRICT, "date and time: Today", ":Date")
OP("TimeOfDay", time_of_day, STRICT, "date and time: TimeOfDay", ":Time")
OP("DateFrom", date_from, STRICT, "date and time: Date and Time Component From",
   "DateTime:Date;Date:Date")
OP("TimeFrom", time_from, STRICT, "date and time: Date and Time Component From", "DateTime:Time")
OP("TimezoneOffsetFrom", timezone_offset_from, STRICT,
   "date and time: Date and Time Component From", "DateTime:Decimal")
OP("ComponentFrom", component_from, STRICT, "date and time: Date and Time Component From",
   "Date,Precision:Integer;DateTime,Precision:Integer;Time,Precision:Integer")
OP("DifferenceBetween", difference_between, SEES, "date and time: Difference",
   "Date,Date,Precision:Integer;DateTime,DateTime,Precision:Integer;Time,Time,Precision:Integer")
OP("DurationBetween", duration_between, SEES, "date and time: Duration",
   "Date,Date,Precision:Integer;DateTime,DateTime,Precision:Integer;Time,Time,Precision:Integer")
OP("CalculateAgeAt", calculate_age_at, SEES, "clinical: CalculateAgeAt",
   "Date,Date,Precision:Integer;DateTime,DateTime,Precision:Integer")
#define POINTS_AND_INTERVALS                                                                       \
    "Date,Date,Precision:Boolean;DateTime,DateTime,Precision:Boolean;Time,Time,Precision:Boolean;" \
    "Interval<T>,Interval<T>,Precision:Boolean;T,Interval<T>,Precision:Boolean;Interval<T>,T,"     \
    "Precision:Boolean"
OP("SameAs", same_as, STRICT, "date and time: Same As; interval: Same As", POINTS_AND_INTERVALS)
OP("SameOrBefore", same_or_before, STRICT, "date and time: Same Or Before; interval: On Or Before",
   POINTS_AND_INTERVALS ";T,T,Precision:Boolean")
OP("SameOrAfter", same_or_after, STRICT, "date and time: Same Or After; interval: On Or After",
   POINTS_AND_INTERVALS ";T,T,Precision:Boolean")
OP("Before", before, STRICT, "date and time: Before; interval: Before",
   POINTS_AND_INTERVALS ";T,T,Precision:Boolean")
OP("After", after, STRICT, "date and time: After; interval: After",
   POINTS_AND_INTERVALS ";T,T,Precision:Boolean")

/* Interval. */
OP("Start", start, STRICT, "interval: Start", "Interval<T>:T")
OP("End", end, STRICT, "interval: End", "Interval<T>:T")
OP("Width", width, STRICT, "interval: Width", "Interval<T>:T")
OP("Size", size, STRICT, "interval: Size", "Interval<T>,Quantity?:T")
OP("PointFrom", point_from, STRICT, "interval: Point From", "Interval<T>:T")
#define TWO_INTERVALS "Interval<T>,Interval<T>,Precision:Boolean"
OP("Meets", meets, STRICT, "interval: Meets", TWO_INTERVALS)
OP("MeetsBefore", meets_before, STRICT, "interval: Meets", TWO_INTERVALS)
OP("MeetsAfter", meets_after, STRICT, "interval: Meets", TWO_INTERVALS)
OP("Overlaps", overlaps, STRICT, "interval: Overlaps", TWO_INTERVALS)
OP("OverlapsBefore", overlaps_before, STRICT, "interval: Overlaps", TWO_INTERVALS)
OP("OverlapsAfter", overlaps_after, STRICT, "interval: Overlaps", TWO_INTERVALS)
OP("Starts", starts, STRICT, "interval: Starts", TWO_INTERVALS)
OP("Ends", ends, STRICT, "interval: Ends", TWO_INTERVALS)
OP("Collapse", collapse, SEES, "interval: Collapse",
   "List<Interval<T>>,Quantity?:List<Interval<T>>")
OP("Expand", expand, SEES, "interval: Expand",
   "List<Interval<T>>,Quantity?:List<Interval<T>>;Interval<T>,Quantity?:List<T>")

/* Interval and list. For lists Precision is 0. Sets of codes: `in` with a value set is
 * InValueSet. */
OP("In", in, SEES, "interval: In; list: In",
   "T,Interval<T>,Precision:Boolean;T,List<T>,Precision:Boolean")
OP("Contains", contains, SEES, "interval: Contains; list: Contains",
   "Interval<T>,T,Precision:Boolean;List<T>,T,Precision:Boolean")
OP("ProperIn", proper_in, SEES, "interval: Proper In; list: Proper In",
   "T,Interval<T>,Precision:Boolean;T,List<T>,Precision:Boolean")
OP("ProperContains", proper_contains, SEES, "interval: Proper Contains; list: Proper Contains",
   "Interval<T>,T,Precision:Boolean;List<T>,T,Precision:Boolean")
#define SETS_IN_SETS "Interval<T>,Interval<T>,Precision:Boolean;List<T>,List<T>,Precision:Boolean"
OP("Includes", includes, SEES, "interval: Includes; list: Includes", SETS_IN_SETS)
OP("IncludedIn", included_in, SEES, "interval: Included In; list: Included In", SETS_IN_SETS)
OP("ProperIncludes", proper_includes, SEES, "interval: Proper Includes; list: Proper Includes",
   SETS_IN_SETS)
OP("ProperIncludedIn", proper_included_in, SEES,
   "interval: Proper Included In; list: Proper Included In", SETS_IN_SETS)
#define SET_OPERATION "Interval<T>,Interval<T>:Interval<T>;List<T>,List<T>:List<T>"
OP("Union", union, SEES, "interval: Union; list: Union", SET_OPERATION)
OP("Intersect", intersect, SEES, "interval: Intersect; list: Intersect", SET_OPERATION)
OP("Except", except, SEES, "interval: Except; list: Except", SET_OPERATION)

/* List. */
OP("Exists", exists, SEES, "list: Exists", "List<T>:Boolean")
OP("First", first, STRICT, "list: First", "List<T>:T")
OP("Last", last, STRICT, "list: Last", "List<T>:T")
OP("SingletonFrom", singleton_from, STRICT, "list: Singleton From", "List<T>:T")
OP("Distinct", distinct, STRICT, "list: Distinct", "List<T>:List<T>")
OP("Flatten", flatten, STRICT, "list: Flatten", "List<List<T>>:List<T>;List<T>:List<T>")
OP("IndexOf", index_of, SEES, "list: IndexOf", "List<T>,T:Integer")
OP("Skip", skip, SEES, "list: Skip", "List<T>,Integer:List<T>")
OP("Tail", tail, STRICT, "list: Tail", "List<T>:List<T>")
OP("Take", take, SEES, "list: Take", "List<T>,Integer:List<T>")
OP("Slice", slice, SEES, "CQL 2.0 list: Slice", "List<T>,Integer?,Integer?:List<T>")

/* Aggregate: nulls in the list are ignored. */
#define STATISTIC "List<Decimal>:Decimal;List<Quantity>:Quantity"
#define EXTREME                                                                                    \
    "List<Integer>:Integer;List<Long>:Long;List<Decimal>:Decimal;List<Quantity>:Quantity;List<"    \
    "Date>:Date;"                                                                                  \
    "List<DateTime>:DateTime;List<Time>:Time;List<String>:String"
#define TOTAL "List<Integer>:Integer;List<Long>:Long;List<Decimal>:Decimal;List<Quantity>:Quantity"
OP("AllTrue", all_true, SEES, "aggregate: AllTrue", "List<Boolean>:Boolean")
OP("AnyTrue", any_true, SEES, "aggregate: AnyTrue", "List<Boolean>:Boolean")
OP("Count", count, SEES, "aggregate: Count", "List<T>:Integer")
OP("Sum", sum, STRICT, "aggregate: Sum", TOTAL)
OP("Product", product, STRICT, "aggregate: Product", TOTAL)
OP("Avg", avg, STRICT, "aggregate: Avg", STATISTIC)
OP("GeometricMean", geometric_mean, STRICT, "aggregate: Geometric Mean", "List<Decimal>:Decimal")
OP("Min", min, STRICT, "aggregate: Min", EXTREME)
OP("Max", max, STRICT, "aggregate: Max", EXTREME)
OP("Median", median, STRICT, "aggregate: Median", STATISTIC)
OP("Mode", mode, STRICT, "aggregate: Mode", "List<T>:T")
OP("Variance", variance, STRICT, "aggregate: Variance", STATISTIC)
OP("PopulationVariance", population_variance, STRICT, "aggregate: Population Variance", STATISTIC)
OP("StdDev", std_dev, STRICT, "aggregate: StdDev", STATISTIC)
OP("PopulationStdDev", population_std_dev, STRICT, "aggregate: Population StdDev", STATISTIC)

/* Clinical: membership. A null code is in nothing: false (CQL 1.5.3 "In (Valueset)"). */
OP("InValueSet", in_value_set, SEES, "clinical: In (Valueset)",
   "Code,ValueSet:Boolean;Concept,ValueSet:Boolean;String,ValueSet:Boolean")
OP("AnyInValueSet", any_in_value_set, SEES, "clinical: In (Valueset)",
   "List<Code>,ValueSet:Boolean;List<Concept>,ValueSet:Boolean;List<String>,ValueSet:Boolean")
OP("InCodeSystem", in_code_system, SEES, "clinical: In (Codesystem)",
   "Code,CodeSystem:Boolean;Concept,CodeSystem:Boolean;String,CodeSystem:Boolean")
OP("ExpandValueSet", expand_value_set, STRICT, "clinical: ExpandValueSet", "ValueSet:List<Code>")

/* Errors and messages: (source, condition, code, severity, message). */
OP("Message", message, SEES, "errors: Message", "T,Boolean,String,String,String:T")

#undef ORDERED
#undef NUMERIC_1
#undef NUMERIC_2
#undef POINTS_AND_INTERVALS
#undef TWO_INTERVALS
#undef SETS_IN_SETS
#undef SET_OPERATION
#undef STATISTIC
#undef EXTREME
#undef TOTAL
#undef OP
