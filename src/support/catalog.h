#pragma once

#include "support/shape.h"

/// What a case can be about: services, categories, severities, languages, contact hours.
namespace casement {

struct Category
{
    QString code;
    QString name;

    static constexpr auto shape() { return std::tuple(field("code", &Category::code), field("name", &Category::name)); }
};

struct Service
{
    QString code;
    QString name;
    QList<Category> categories;

    static constexpr auto shape()
    {
        return std::tuple(field("code", &Service::code), field("name", &Service::name),
                          field("categories", &Service::categories, always));
    }
};

/// Services with their categories, named in `language`; a few hundred. Keep for a day. Repeatable.
struct DescribeServices
{
    static constexpr const char *name = "DescribeServices";
    static constexpr bool repeatable = true;

    struct Request
    {
        using Operation = DescribeServices;
        QList<QString> serviceCodeList;
        QString language;
        std::optional<bool> dryRun;

        static constexpr auto shape()
        {
            return std::tuple(field("serviceCodeList", &Request::serviceCodeList, within(0, 100)),
                              field("language", &Request::language), field("dryRun", &Request::dryRun));
        }
    };
    struct Response
    {
        QList<Service> services;

        static constexpr auto shape() { return std::tuple(field("services", &Response::services, wholeList)); }
    };
};

struct SeverityLevel
{
    QString code;
    QString name;

    static constexpr auto shape()
    {
        return std::tuple(field("code", &SeverityLevel::code), field("name", &SeverityLevel::name));
    }
};

/// The severities that the account's plan may use. Also the cheapest question whether it has a plan. Repeatable.
struct DescribeSeverityLevels
{
    static constexpr const char *name = "DescribeSeverityLevels";
    static constexpr bool repeatable = true;

    struct Request
    {
        using Operation = DescribeSeverityLevels;
        QString language;
        std::optional<bool> dryRun;

        static constexpr auto shape()
        {
            return std::tuple(field("language", &Request::language), field("dryRun", &Request::dryRun));
        }
    };
    struct Response
    {
        QList<SeverityLevel> severityLevels;

        static constexpr auto shape()
        {
            return std::tuple(field("severityLevels", &Response::severityLevels, wholeList));
        }
    };
};

struct SupportedLanguage
{
    QString code; ///< what CreateCase takes
    QString language;
    QString display;

    static constexpr auto shape()
    {
        return std::tuple(field("code", &SupportedLanguage::code), field("language", &SupportedLanguage::language),
                          field("display", &SupportedLanguage::display));
    }
};

/// The languages in which AWS handles a case of this kind. All three inputs are required. Repeatable.
struct DescribeSupportedLanguages
{
    static constexpr const char *name = "DescribeSupportedLanguages";
    static constexpr bool repeatable = true;

    struct Request
    {
        using Operation = DescribeSupportedLanguages;
        QString issueType;
        QString serviceCode;
        QString categoryCode;
        std::optional<bool> dryRun;

        static constexpr auto shape()
        {
            return std::tuple(field("issueType", &Request::issueType, required | within(9, 22)),
                              field("serviceCode", &Request::serviceCode, required | within(0, 100)),
                              field("categoryCode", &Request::categoryCode, required | within(0, 100)),
                              field("dryRun", &Request::dryRun));
        }
    };
    struct Response
    {
        QList<SupportedLanguage> supportedLanguages;

        static constexpr auto shape()
        {
            return std::tuple(field("supportedLanguages", &Response::supportedLanguages, wholeList));
        }
    };
};

/// Times of day in UTC, `HH:mm:ss.SSS`; an end before its start crosses midnight.
struct SupportedHour
{
    QString startTime;
    QString endTime;

    static constexpr auto shape()
    {
        return std::tuple(field("startTime", &SupportedHour::startTime), field("endTime", &SupportedHour::endTime));
    }
};

struct DateInterval
{
    QString startDateTime;
    QString endDateTime;

    static constexpr auto shape()
    {
        return std::tuple(field("startDateTime", &DateInterval::startDateTime),
                          field("endDateTime", &DateInterval::endDateTime));
    }
};

struct CommunicationTypeOptions
{
    QString type; ///< `chat`, `web` or `call`
    QList<SupportedHour> supportedHours;
    QList<DateInterval> datesWithoutSupport;

    static constexpr auto shape()
    {
        return std::tuple(field("type", &CommunicationTypeOptions::type),
                          field("supportedHours", &CommunicationTypeOptions::supportedHours, always),
                          field("datesWithoutSupport", &CommunicationTypeOptions::datesWithoutSupport, always));
    }
};

/// Whether a language is served for this kind of case, and when each way of contact is open. Repeatable.
struct DescribeCreateCaseOptions
{
    static constexpr const char *name = "DescribeCreateCaseOptions";
    static constexpr bool repeatable = true;

    struct Request
    {
        using Operation = DescribeCreateCaseOptions;
        QString issueType;
        QString serviceCode;
        QString language;
        QString categoryCode;
        std::optional<bool> dryRun;

        static constexpr auto shape()
        {
            return std::tuple(
                field("issueType", &Request::issueType, required),
                field("serviceCode", &Request::serviceCode, required), field("language", &Request::language, required),
                field("categoryCode", &Request::categoryCode, required), field("dryRun", &Request::dryRun));
        }
    };
    struct Response
    {
        QString languageAvailability; ///< `available`, `best_effort`, `unavailable`; compare without case
        QList<CommunicationTypeOptions> communicationTypes;

        static constexpr auto shape()
        {
            return std::tuple(field("languageAvailability", &Response::languageAvailability),
                              field("communicationTypes", &Response::communicationTypes, always));
        }
    };
};

} // namespace casement
