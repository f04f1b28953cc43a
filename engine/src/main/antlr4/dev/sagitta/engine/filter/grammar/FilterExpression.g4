/*
 * Boolean filter expressions over the fields of a collection.
 *
 * The order of the alternatives of `expression` is the precedence, tightest first. Names of
 * functions are not keywords: a function is added where calls are planned, not here.
 */
grammar FilterExpression;

// A list of nothing but literals, which the token source reads faster than the rules can.
tokens { LiteralList }

filter : expression EOF ;

expression
    : LeftParenthesis expression RightParenthesis                              # Parenthesized
    | literal                                                                  # LiteralValue
    | Iso (StringLiteral | template)                                           # TimestampValue
    | LiteralList                                                              # LiteralListValue
    | LeftBracket (expression (Comma expression)* Comma?)? RightBracket        # ListValue
    | template                                                                 # TemplateValue
    | name LeftParenthesis (argument (Comma argument)* Comma?)? RightParenthesis # Call
    | path (IsNull | IsNotNull)?                                               # PathValue
    | Exists expression                                                        # ExistsTest
    | expression Like (literal | template)                                     # LikeTest
    | expression Power expression                                              # Binary
    | (Plus | Minus | Tilde | Not) expression                                  # Unary
    | expression (Star | Slash | Percent) expression                           # Binary
    | expression (Plus | Minus) Interval StringLiteral                         # IntervalStep
    | expression (Plus | Minus) expression                                     # Binary
    | expression (ShiftLeft | ShiftRight) expression                           # Binary
    | expression Not? In expression                                            # InTest
    | expression (Less | LessOrEqual | Greater | GreaterOrEqual) expression    # Comparison
    | expression (Equal | NotEqual) expression                                 # Comparison
    | expression Ampersand expression                                          # Binary
    | expression Caret expression                                              # Binary
    | expression Bar expression                                                # Binary
    | expression And expression                                                # Logical
    | expression Or expression                                                 # Logical
    ;

literal
    : IntegerLiteral
    | FloatingPointLiteral
    | True
    | False
    | StringLiteral
    ;

template : LeftBrace Identifier RightBrace ;

// These two are words of the language only in front of a string.
name : Identifier | Iso | Interval ;

argument : (Identifier Assign)? expression ;

// A sub-field of a struct, then steps into its values: clips[text][0].
path
    : name (LeftBracket subField=Identifier RightBracket)?
      (LeftBracket (StringLiteral | IntegerLiteral) RightBracket)*
    ;

LeftParenthesis : '(' ;
RightParenthesis : ')' ;
LeftBracket : '[' ;
RightBracket : ']' ;
LeftBrace : '{' ;
RightBrace : '}' ;
Comma : ',' ;
Assign : '=' ;

Equal : '==' ;
NotEqual : '!=' ;
LessOrEqual : '<=' ;
GreaterOrEqual : '>=' ;
ShiftLeft : '<<' ;
ShiftRight : '>>' ;
Less : '<' ;
Greater : '>' ;

Power : '**' ;
Plus : '+' ;
Minus : '-' ;
Star : '*' ;
Slash : '/' ;
Percent : '%' ;
Tilde : '~' ;

And : '&&' | 'and' | 'AND' ;
Or : '||' | 'or' | 'OR' ;
Not : '!' | 'not' | 'NOT' ;
Ampersand : '&' ;
Caret : '^' ;
Bar : '|' ;

In : 'in' | 'IN' ;
Like : 'like' | 'LIKE' ;
Exists : 'exists' | 'EXISTS' ;
Iso : 'iso' | 'ISO' ;
Interval : 'interval' | 'INTERVAL' ;
IsNull : 'is' Blank+ 'null' | 'IS' Blank+ 'NULL' ;
IsNotNull : 'is' Blank+ 'not' Blank+ 'null' | 'IS' Blank+ 'NOT' Blank+ 'NULL' ;
True : 'true' | 'True' | 'TRUE' ;
False : 'false' | 'False' | 'FALSE' ;

IntegerLiteral
    : [0-9]+
    | '0' [xX] HexadecimalDigit+
    | '0' [bB] [01]+
    ;

FloatingPointLiteral
    : [0-9]+ '.' [0-9]* DecimalExponent?
    | '.' [0-9]+ DecimalExponent?
    | [0-9]+ DecimalExponent
    | '0' [xX] HexadecimalDigit+ ('.' HexadecimalDigit*)? BinaryExponent
    | '0' [xX] '.' HexadecimalDigit+ BinaryExponent
    ;

StringLiteral
    : StringPrefix? '"' (~["\\\r\n] | '\\' .)* '"'
    | StringPrefix? '\'' (~['\\\r\n] | '\\' .)* '\''
    ;

Identifier : [a-zA-Z_] [a-zA-Z_0-9]* | '$meta' ;

Whitespace : Blank+ -> skip ;

fragment Blank : [ \t\r\n] ;
fragment HexadecimalDigit : [0-9a-fA-F] ;
fragment DecimalExponent : [eE] [+-]? [0-9]+ ;
fragment BinaryExponent : [pP] [+-]? [0-9]+ ;
fragment StringPrefix : 'u8' | 'u' | 'U' | 'L' ;
