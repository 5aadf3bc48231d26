// How one field of many rows is kept: in chunks, shared between snapshots until written to, and a chunk whose rows all
// hold the same costs the room of one value. Not thread safe but for what snapshots share.
#pragma once

#include <atomic>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <string_view>
#include <utility>
#include <vector>

namespace syncline::sim::odoo_detail {

// Text that many rows may share; 8 bytes where it is held. Empty text is not nothing.
class Text {
public:
    Text() = default;
    explicit Text(std::string_view bytes) {
        void* room = ::operator new(sizeof(Head) + bytes.size());
        head_ = new (room) Head{{1}, static_cast<std::uint32_t>(bytes.size())};
        std::memcpy(static_cast<void*>(head_ + 1), bytes.data(), bytes.size());
    }
    Text(const Text& other) noexcept : head_(other.head_) {
        if (head_ != nullptr) head_->holders.fetch_add(1, std::memory_order_relaxed);
    }
    Text(Text&& other) noexcept : head_(std::exchange(other.head_, nullptr)) {}
    Text& operator=(Text other) noexcept {
        std::swap(head_, other.head_);
        return *this;
    }
    ~Text() {
        if (head_ != nullptr && head_->holders.fetch_sub(1, std::memory_order_acq_rel) == 1) ::operator delete(head_);
    }
    bool none() const { return head_ == nullptr; }
    std::string_view view() const {
        if (head_ == nullptr) return {};
        return {reinterpret_cast<const char*>(head_ + 1), head_->size};
    }
    bool operator==(const Text& other) const {
        return head_ == other.head_ || (!none() && !other.none() && view() == other.view());
    }

private:
    struct Head {
        std::atomic<std::uint32_t> holders;
        std::uint32_t size;
    };
    Head* head_ = nullptr;
};

template <class T>
class Column {
public:
    static constexpr std::size_t kChunk = 1024;

    // Where nothing was ever set there is `none`.
    const T& at(std::size_t row, const T& none) const {
        const std::size_t chunk = row / kChunk;
        if (chunk >= chunks_.size()) return none;
        const Chunk& place = chunks_[chunk];
        const std::size_t at = row % kChunk;
        return place.own != nullptr && at < place.own->size() ? (*place.own)[at] : place.same;
    }

    void set(std::size_t row, T value, const T& none) {
        Chunk& place = chunk_of(row, none);
        const std::size_t at = row % kChunk;
        if (place.own == nullptr) {
            if (place.same == value) return;
            place.own = std::make_shared<std::vector<T>>(at + 1, place.same);
        } else if (place.own.use_count() > 1) {
            place.own = std::make_shared<std::vector<T>>(*place.own);
        }
        if (at >= place.own->size()) place.own->resize(at + 1, place.same);
        (*place.own)[at] = std::move(value);
    }

    // Rows [from, to), which are new: all the same.
    void fill(std::size_t from, std::size_t to, const T& value, const T& none) {
        while (from < to) {
            const std::size_t end = (from / kChunk + 1) * kChunk;
            if (from % kChunk == 0 && end <= to) {
                chunk_of(from, none) = {value, nullptr};
                from = end;
            } else {
                set(from++, value, none);
            }
        }
    }

private:
    struct Chunk {
        T same;
        std::shared_ptr<std::vector<T>> own;  // may be shorter than the chunk: then the rest is `same`
    };
    Chunk& chunk_of(std::size_t row, const T& none) {
        const std::size_t chunk = row / kChunk;
        while (chunks_.size() <= chunk) chunks_.push_back({none, nullptr});
        return chunks_[chunk];
    }
    std::vector<Chunk> chunks_;
};

}  // namespace syncline::sim::odoo_detail
