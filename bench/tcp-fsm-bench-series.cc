// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-bench-series.h"

#include "tcp-fsm-process-pool.h"

#include <algorithm>
#include <iostream>
#include <stdexcept>

namespace ns3
{

namespace
{

using nlohmann::ordered_json;

/// The values of each figure of a measurement, over all rounds, in the order of the figures.
using Values = std::vector<std::pair<std::string, std::vector<double>>>;

double
Median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    const auto middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

void
Add(Values& values, const ordered_json& figures)
{
    for (const auto& [name, value] : figures.items())
    {
        auto found = std::find_if(values.begin(), values.end(), [&](const auto& entry) {
            return entry.first == name;
        });
        if (found == values.end())
        {
            found = values.insert(values.end(), {name, {}});
        }
        found->second.push_back(value.get<double>());
    }
}

ordered_json
Summary(const Values& values)
{
    ordered_json summary;
    for (const auto& [name, all] : values)
    {
        const auto [least, largest] = std::minmax_element(all.begin(), all.end());
        summary[name] = {{"median", Median(all)}, {"min", *least}, {"max", *largest}};
    }
    return summary;
}

/// The medians of one side over those of another.
ordered_json
Ratios(const Values& above, const Values& below)
{
    ordered_json ratios;
    for (const auto& [name, all] : above)
    {
        for (const auto& [other, reference] : below)
        {
            if (name == other && Median(reference) != 0)
            {
                ratios[name] = Median(all) / Median(reference);
            }
        }
    }
    return ratios;
}

} // namespace

ordered_json
TcpFsmBenchOnce(const std::function<TcpFsmBenchFigures()>& measure, std::chrono::seconds timeLimit)
{
    const auto end = TcpFsmRunProcesses({[&measure](const auto& report) {
                                            ordered_json figures;
                                            for (const auto& [name, value] : measure())
                                            {
                                                figures[name] = value;
                                            }
                                            report(figures.dump());
                                        }},
                                        {.jobs = 1, .timeLimit = timeLimit})
                         .front();
    if (!end.isGood)
    {
        throw std::runtime_error(end.reason);
    }
    return ordered_json::parse(*end.result);
}

bool
TcpFsmBenchRun(const std::vector<TcpFsmBenchMeasurement>& measurements,
               const TcpFsmBenchSeriesOptions& options,
               std::ostream& os)
{
    bool isGood = true;
    std::vector<Values> values(measurements.size());
    const auto print = [&](const TcpFsmBenchMeasurement& measurement,
                           const std::string& side,
                           const ordered_json& rest) {
        ordered_json line = measurement.labels;
        line["side"] = side;
        line.update(rest);
        os << line.dump() << std::endl;
    };
    for (unsigned round = 1; round <= options.rounds; ++round)
    {
        for (std::size_t i = 0; i < measurements.size(); ++i)
        {
            ordered_json line{{"round", round}};
            try
            {
                const auto figures = TcpFsmBenchOnce(measurements[i].measure, options.timeLimit);
                Add(values[i], figures);
                line.update(figures);
            }
            catch (const std::runtime_error& error)
            {
                isGood = false;
                line["failure"] = error.what();
            }
            print(measurements[i], measurements[i].side, line);
        }
    }
    for (std::size_t i = 0; i < measurements.size(); ++i)
    {
        print(measurements[i], measurements[i].side, {{"summary", Summary(values[i])}});
    }
    for (std::size_t i = 0; i < measurements.size(); ++i)
    {
        const auto first =
            std::find_if(measurements.begin(), measurements.end(), [&](const auto& other) {
                return other.labels == measurements[i].labels;
            });
        const auto reference = static_cast<std::size_t>(first - measurements.begin());
        if (reference < i)
        {
            print(measurements[i],
                  measurements[i].side + "/" + first->side,
                  {{"ratio", Ratios(values[i], values[reference])}});
        }
    }
    return isGood;
}

} // namespace ns3
